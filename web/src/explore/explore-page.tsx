// The map of all inputs: made on demand, seen, selected from.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PictureMap } from "../../../src/client/explore.ts";
import { useCounts } from "../counts.ts";
import { Notice } from "../frame/notice.tsx";
import { Page } from "../frame/page.tsx";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { SelectionSlot } from "../grid/selection-slot.tsx";
import { Icon } from "../icon.tsx";
import { explore as text } from "../messages/explore.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toAgeText } from "../quantities.ts";
import { EVERYTHING } from "../query.ts";
import classes from "./explore.module.css";
import { MapBoard } from "./map-board.tsx";
import { Progress } from "./progress.tsx";
import { useExploring } from "./use-exploring.ts";

/** With "search", so that deletions refresh it, too. */
const MAP_KEY = [...SEARCH_KEY, "map"];
const LEAST_INPUTS = 10;

export function ExplorePage() {
  const { client } = usePortal();
  const map = useQuery({
    queryKey: MAP_KEY,
    queryFn: ({ signal }) => client.pictureMap({ signal }),
  });
  const exploring = useExploring("map", client.makeMap, MAP_KEY);
  const hasMap = (map.data?.ids.length ?? 0) > 0;
  return (
    <Page
      title={text.title}
      hint={hasMap && map.data && <MapFacts map={map.data} />}
      actions={<MapActions exploring={exploring} map={map.data} />}
      isFixed
    >
      <MapContent map={map} exploring={exploring} />
      <SelectionSlot />
    </Page>
  );
}

type Exploring = ReturnType<typeof useExploring>;

function MapActions({
  exploring,
  map,
}: {
  readonly exploring: Exploring;
  readonly map: PictureMap | undefined;
}) {
  const { appId } = usePortal();
  const { running, share, start, cancel, isStarting } = exploring;
  const hasMap = (map?.ids.length ?? 0) > 0;
  return (
    <div className={classes.actions}>
      {hasMap && running && <Progress text={makingText(share)} share={share} onCancel={cancel} />}
      {hasMap && !running && (
        <Button
          variant={map?.state === "outdated" ? "filled" : "default"}
          size="sm"
          loading={isStarting}
          onClick={start}
        >
          {text.renew}
        </Button>
      )}
      <Link
        className={classes.link}
        to="/apps/$appId/explore/copies"
        params={{ appId }}
        search={{ query: EVERYTHING }}
      >
        <Icon name="copies" sizePx={18} />
        {text.copiesLink}
      </Link>
    </div>
  );
}

type MapContentProps = {
  readonly map: ReturnType<typeof useQuery<PictureMap>>;
  readonly exploring: Exploring;
};

function MapContent({ map, exploring }: MapContentProps) {
  const { data: counts } = useCounts();
  const { running, share, start, cancel, failure, isStarting } = exploring;
  if (map.data && map.data.ids.length > 0) return <MapBoard map={map.data} />;
  if (map.error) {
    return (
      <Notice icon="alert" title={text.errorTitle} hint={map.error.message}>
        <Button onClick={() => void map.refetch()}>{messages.retry}</Button>
      </Notice>
    );
  }
  if (!map.data) return null;
  if (running) {
    return (
      <Notice icon="explore" title={text.making} hint={text.noneHint}>
        <Progress text={makingText(share)} share={share} onCancel={cancel} />
      </Notice>
    );
  }
  if (failure !== "") {
    return (
      <Notice icon="alert" title={text.failed} hint={failure}>
        <Button onClick={start}>{messages.retry}</Button>
      </Notice>
    );
  }
  if (counts && counts.processed < LEAST_INPUTS) {
    return <Notice icon="explore" title={text.tooFew} hint={text.tooFewHint(LEAST_INPUTS)} />;
  }
  return (
    <Notice icon="explore" title={text.none} hint={text.noneHint}>
      <Button loading={isStarting} onClick={start}>
        {text.make}
      </Button>
    </Notice>
  );
}

function MapFacts({ map }: { readonly map: PictureMap }) {
  const { ids, total, computedAt, newInputs } = map;
  const isSampled = total - newInputs > ids.length;
  const facts = [
    isSampled ? text.sampled(ids.length, total) : text.points(ids.length),
    computedAt && text.madeAt(toAgeText(computedAt, Date.now())),
    newInputs > 0 && text.fresh(newInputs),
  ];
  return <span data-testid="map-facts">{facts.filter(Boolean).join(" · ")}</span>;
}

function makingText(share: number | undefined): string {
  return share === undefined ? text.making : text.makingShare(Math.floor(share * 100));
}
