// Near-duplicates: groups of pictures that are nearly the same, and which of each to keep.
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useDeletions } from "../deletions/use-deletions.ts";
import { Notice } from "../frame/notice.tsx";
import { Page } from "../frame/page.tsx";
import { Icon } from "../icon.tsx";
import { explore as text } from "../messages/explore.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toSizeText } from "../quantities.ts";
import { EVERYTHING } from "../query.ts";
import { CopiesList } from "./copies-list.tsx";
import classes from "./explore.module.css";
import { Progress } from "./progress.tsx";
import { SimilaritySlider } from "./similarity-slider.tsx";
import { COPIES_KEY, useCopies } from "./use-copies.ts";
import { useExploring } from "./use-exploring.ts";

/** As the server has it. */
const DEFAULT_LEAST = 0.9;
const SLIDER_REST_MS = 150;

export function CopiesPage() {
  const { client } = usePortal();
  const [least, setLeast] = useState(DEFAULT_LEAST);
  const [asked] = useDebouncedValue(least, SLIDER_REST_MS);
  const copies = useCopies(asked);
  const exploring = useExploring("near-copies", client.findNearCopies, COPIES_KEY);
  const first = copies.data?.pages[0];
  const isKnown = first !== undefined && first.computedAt !== undefined;
  return (
    <Page
      title={text.copies}
      hint={first && isKnown && <CopyFacts {...first} />}
      actions={
        <div className={classes.actions}>
          {isKnown && <SimilaritySlider least={least} onChange={setLeast} />}
          {isKnown && <CopyActions exploring={exploring} newInputs={first.newInputs} />}
          <MapLink />
        </div>
      }
      isFixed
    >
      <CopiesContent copies={copies} exploring={exploring} isKnown={isKnown} />
    </Page>
  );
}

type Exploring = ReturnType<typeof useExploring>;
type Copies = ReturnType<typeof useCopies>;

function CopyFacts({
  totalGroups,
  totalCopies,
  bytesToWin,
}: {
  readonly totalGroups: number;
  readonly totalCopies: number;
  readonly bytesToWin: number;
}) {
  return (
    <span data-testid="copy-facts">
      {text.total(totalGroups, totalCopies, toSizeText(bytesToWin))}
    </span>
  );
}

function CopyActions({
  exploring,
  newInputs,
}: {
  readonly exploring: Exploring;
  readonly newInputs: number;
}) {
  const { running, share, start, cancel, isStarting } = exploring;
  if (running) return <Progress text={findingText(share)} share={share} onCancel={cancel} />;
  return (
    <Button
      variant={newInputs > 0 ? "filled" : "default"}
      size="sm"
      loading={isStarting}
      onClick={start}
      title={newInputs > 0 ? text.fresh(newInputs) : undefined}
    >
      {text.again}
    </Button>
  );
}

function MapLink() {
  const { appId } = usePortal();
  return (
    <Link
      className={classes.link}
      to="/apps/$appId/explore"
      params={{ appId }}
      search={{ query: EVERYTHING }}
    >
      <Icon name="map" sizePx={18} />
      {text.mapLink}
    </Link>
  );
}

type CopiesContentProps = {
  readonly copies: Copies;
  readonly exploring: Exploring;
  readonly isKnown: boolean;
};

function CopiesContent({ copies, exploring, isKnown }: CopiesContentProps) {
  const { running, share, start, cancel, failure, isStarting } = exploring;
  const { hidden } = useDeletions();
  if (copies.error) {
    return (
      <Notice icon="alert" title={text.copiesErrorTitle} hint={copies.error.message}>
        <Button onClick={() => void copies.refetch()}>{messages.retry}</Button>
      </Notice>
    );
  }
  if (!copies.data) return null;
  if (isKnown) {
    const groups = copies.data.pages.flatMap((page) => page.groups);
    if (groups.length === 0) {
      return <Notice icon="check" title={text.noCopies} hint={text.noCopiesHint} />;
    }
    const total = copies.data.pages[0]?.totalGroups ?? 0;
    const { hasNextPage, isFetchingNextPage, fetchNextPage } = copies;
    const next = { hasNextPage, isFetchingNextPage, fetch: () => void fetchNextPage() };
    return <CopiesList groups={groups} total={total} hidden={hidden} next={next} />;
  }
  if (running) {
    return (
      <Notice icon="copies" title={text.findingTitle} hint={text.copiesNoneHint}>
        <Progress text={findingText(share)} share={share} onCancel={cancel} />
      </Notice>
    );
  }
  const hint = failure === "" ? text.copiesNoneHint : failure;
  return (
    <Notice
      icon={failure === "" ? "copies" : "alert"}
      title={failure === "" ? text.copiesNone : text.copiesFailed}
      hint={hint}
    >
      <Button loading={isStarting} onClick={start}>
        {failure === "" ? text.findCopies : messages.retry}
      </Button>
    </Notice>
  );
}

function findingText(share: number | undefined): string {
  return share === undefined ? text.findingTitle : text.finding(Math.floor(share * 100));
}
