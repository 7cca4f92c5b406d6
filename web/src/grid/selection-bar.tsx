// What can be done with the selected inputs. Below the results, and wherever else inputs can be selected.
import { Menu } from "@mantine/core";
import type { ComponentPropsWithRef } from "react";
import { deleteSelected, toTarget } from "../bulk/target.ts";
import { useBulkDialog } from "../bulk/use-bulk-dialog.tsx";
import shared from "../controls/floating-bar.module.css";
import { Icon, type IconName } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { isRanked, like, withFeedback } from "../query.ts";
import { useAddress, useSearch } from "../search/use-search.ts";
import { countSelected, useSelected } from "./selection.ts";
import classes from "./selection-bar.module.css";
import { useOpenTotal } from "./use-open-total.ts";

const text = messages.selection;
/** The server takes 64 terms; a bar full of pictures helps nobody long before that. */
const SIMILAR_MAX = 16;
const FEEDBACK_ICONS = { more: "liked", less: "disliked" } as const;

export function SelectionBar() {
  const { selection } = usePortal();
  const selected = useSelected();
  const { open, dialog } = useBulkDialog();
  const count = countSelected(selected);
  return (
    <>
      {(count > 0 || selected.isBusy || selected.notice !== "") && (
        <section className={shared.bar} aria-label={text.label} data-testid="selection-bar">
          <Count />
          {count > 0 && <Actions open={open} />}
          <BarButton icon="close" label={text.clear} isSmall onClick={selection.clear} />
        </section>
      )}
      {dialog}
    </>
  );
}

function Count() {
  const { selection } = usePortal();
  const selected = useSelected();
  const search = useOpenTotal();
  const { current } = useSearch();
  const count = countSelected(selected);
  const canSelectAll = search !== undefined && !selected.all && search.total > count && count > 0;
  return (
    <div className={classes.count}>
      <strong role="status">{selected.isBusy ? text.busy : text.count(count)}</strong>
      {selected.notice !== "" && <span role="alert">{selected.notice}</span>}
      {canSelectAll && (
        <button
          type="button"
          className={classes.all}
          data-testid="select-all"
          onClick={() => selection.selectAll(current(), search.total)}
        >
          {text.selectAll(search.total)}
        </button>
      )}
    </div>
  );
}

type ActionsProps = { readonly open: ReturnType<typeof useBulkDialog>["open"] };

function Actions({ open }: ActionsProps) {
  const { deletions, selection } = usePortal();
  const selected = useSelected();
  const { search } = useSearch();
  const { query } = useAddress();
  const target = toTarget(selected);
  const ids = [...selected.ids];
  const canBeExample = selected.all === undefined && ids.length <= SIMILAR_MAX;
  function searchSimilar(): void {
    search(like(ids));
    selection.clear();
  }
  function tell(kind: "more" | "less"): void {
    search(withFeedback(query, ids, kind));
    selection.clear();
  }
  const feedback = canBeExample && isRanked(query) ? (["more", "less"] as const) : [];
  function remove(): void {
    if (selected.all) open("delete", target);
    else deleteSelected(deletions, selection);
  }
  return (
    <>
      <BarButton icon="label" label={text.labels} onClick={() => open("labels", target)} />
      <BarButton icon="dataset" label={text.datasets} onClick={() => open("datasets", target)} />
      <div className={classes.wide}>
        <BarButton icon="edit" label={text.metadata} onClick={() => open("metadata", target)} />
        <BarButton
          icon="search"
          label={text.similar}
          disabled={!canBeExample}
          onClick={searchSimilar}
        />
        {feedback.map((kind) => (
          <BarButton
            key={kind}
            icon={FEEDBACK_ICONS[kind]}
            label={text.feedback[kind]}
            isSmall
            onClick={() => tell(kind)}
          />
        ))}
        <BarButton
          icon="model"
          label={text.train}
          disabled={selected.all !== undefined}
          onClick={() => open("train", target)}
        />
      </div>
      <BarButton icon="trash" label={text.delete} onClick={remove} />
      <div className={classes.narrow}>
        <Menu position="top-end">
          <Menu.Target>
            <BarButton icon="more" label={text.more} isSmall />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Icon name="edit" />} onClick={() => open("metadata", target)}>
              {text.metadata}
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="search" />}
              disabled={!canBeExample}
              onClick={searchSimilar}
            >
              {text.similar}
            </Menu.Item>
            {feedback.map((kind) => (
              <Menu.Item
                key={kind}
                leftSection={<Icon name={FEEDBACK_ICONS[kind]} />}
                onClick={() => tell(kind)}
              >
                {text.feedback[kind]}
              </Menu.Item>
            ))}
            <Menu.Item
              leftSection={<Icon name="model" />}
              disabled={selected.all !== undefined}
              onClick={() => open("train", target)}
            >
              {text.train}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </>
  );
}

type BarButtonProps = Omit<ComponentPropsWithRef<"button">, "type" | "children"> & {
  readonly icon: IconName;
  readonly label: string;
  /** Its name is for screen readers and the tooltip. */
  readonly isSmall?: boolean;
};

function BarButton({ icon, label, isSmall = false, ...props }: BarButtonProps) {
  return (
    <button {...props} type="button" className={classes.button} aria-label={label} title={label}>
      <Icon name={icon} sizePx={18} />
      {!isSmall && <span>{label}</span>}
    </button>
  );
}
