// One saved search: its first pictures, what it asks for, how much it finds now; pressed, it runs.
import { Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Link, useRouter } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { SavedSearch } from "../../../src/client/saved-searches.ts";
import type { SearchPage } from "../../../src/client/search.ts";
import { fromSearchString } from "../address.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { Icon } from "../icon.tsx";
import { saved as text } from "../messages/saved.ts";
import { usePortal } from "../portal.ts";
import { toAgeText, toDateText } from "../quantities.ts";
import { isRanked, type Query } from "../query.ts";
import { Cover } from "./cover.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { QuerySummary } from "./query-summary.tsx";
import classes from "./saved-page.module.css";
import { useCover } from "./use-cover.ts";

const COPIED_MS = 2000;

type SavedCardProps = {
  readonly search: SavedSearch;
  readonly onRename: () => void;
  readonly onDelete: () => void;
};

export function SavedCard({ search, onRename, onDelete }: SavedCardProps) {
  const { appId } = usePortal();
  const { name, address, modifiedAt } = search;
  const { query } = useMemo(() => fromSearchString(address), [address]);
  const { ref, cover, error } = useCover(query);
  return (
    <li ref={ref} className={classes.card} data-testid="saved-search">
      <div className={classes.cover}>
        <Cover hits={error ? [] : cover && toCoverHits(cover)} icon="bookmark" />
      </div>
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
        <QuerySummary query={query} />
        <span className={classes.facts}>
          <span
            data-testid="saved-count"
            data-bad={error ? true : undefined}
            title={error?.message}
          >
            {error ? text.broken : cover && toCountText(query, cover)}
          </span>
          <time dateTime={modifiedAt.toISOString()} title={toDateText(modifiedAt)}>
            {text.changed(toAgeText(modifiedAt, Date.now()))}
          </time>
        </span>
      </div>
      <Actions search={search} query={query} onRename={onRename} onDelete={onDelete} />
    </li>
  );
}

function toCountText(query: Query, { total, relevant = total }: SearchPage): string {
  if (total === 0) return text.nothing;
  if (relevant === 0) return text.nothingGood;
  return isRanked(query) ? text.matches(relevant) : text.inputs(relevant);
}

/** Those that are good matches, if any are. */
function toCoverHits({ hits, relevant = 0 }: SearchPage): SearchPage["hits"] {
  return relevant > 0 ? hits.slice(0, relevant) : hits;
}

function Actions({
  search,
  query,
  onRename,
  onDelete,
}: SavedCardProps & { readonly query: Query }) {
  const { appId } = usePortal();
  const router = useRouter();
  const clipboard = useClipboard({ timeout: COPIED_MS });
  const [isShown, setIsShown] = useState(false);
  const { href } = router.buildLocation({
    to: "/apps/$appId/inputs",
    params: { appId },
    search: { query },
  });
  const link = window.location.origin + href;
  return (
    <div className={classes.actions}>
      <span className={classes.copied} role="status">
        {clipboard.copied && text.copied}
      </span>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton icon="more" label={text.more(search.name)} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Icon name="link" sizePx={18} />}
            // Without https there is no clipboard.
            onClick={() => (navigator.clipboard ? clipboard.copy(link) : setIsShown(true))}
          >
            {text.copyLink}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="edit" sizePx={18} />} onClick={onRename}>
            {text.rename}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="trash" sizePx={18} />} onClick={onDelete}>
            {text.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isShown && <LinkDialog link={link} onClose={() => setIsShown(false)} />}
    </div>
  );
}
