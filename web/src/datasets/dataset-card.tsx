// One dataset: its first pictures, its name, how many inputs it has; pressed, it opens them.
import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Dataset } from "../../../src/client/datasets.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { Icon } from "../icon.tsx";
import { datasets as text } from "../messages/datasets.ts";
import { usePortal } from "../portal.ts";
import { toAgeText, toDateText } from "../quantities.ts";
import { EVERYTHING, type Query } from "../query.ts";
import { Cover } from "../saved/cover.tsx";
import { useCover } from "../saved/use-cover.ts";
import classes from "./datasets-page.module.css";

type DatasetCardProps = {
  readonly dataset: Dataset;
  readonly onRename: () => void;
  readonly onDelete: () => void;
};

export function DatasetCard({ dataset, onRename, onDelete }: DatasetCardProps) {
  const { appId } = usePortal();
  const { id, name, createdAt } = dataset;
  const query = inDataset(id);
  const { ref, cover } = useCover(query);
  return (
    <li ref={ref} className={classes.card} data-testid="dataset" data-id={id}>
      <Cover hits={cover?.hits} icon="dataset" />
      <div className={classes.words}>
        <Link
          to="/apps/$appId/inputs"
          params={{ appId }}
          search={{ query }}
          className={classes.name}
          title={name}
        >
          <bdi>{name}</bdi>
        </Link>
        <span className={classes.facts}>
          <span data-testid="dataset-count">
            {cover && (cover.total === 0 ? text.empty : text.inputs(cover.total))}
          </span>
          {createdAt && (
            <time dateTime={createdAt.toISOString()} title={toDateText(createdAt)}>
              {text.created(toAgeText(createdAt, Date.now()))}
            </time>
          )}
        </span>
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton icon="more" label={text.more(name)} className={classes.more} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="edit" sizePx={18} />} onClick={onRename}>
            {text.rename}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="trash" sizePx={18} />} onClick={onDelete}>
            {text.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

/** Searches the inputs of a dataset, newest first. */
export function inDataset(id: string): Query {
  return { ...EVERYTHING, filters: [{ kind: "dataset", id, isNegated: false }] };
}
