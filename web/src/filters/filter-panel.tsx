// Everything that can restrict a search, beside the grid or over it on a phone.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { IconButton } from "../controls/icon-button.tsx";
import { pageOptions } from "../grid/search-page.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { isEverything, type Query } from "../query.ts";
import { ColourSection } from "./colour-section.tsx";
import { DateSection } from "./date-section.tsx";
import classes from "./filter-panel.module.css";
import { MetadataSection } from "./metadata-section.tsx";
import { NameSection } from "./name-section.tsx";
import { ObjectsSection } from "./objects-section.tsx";
import { Section } from "./section.tsx";
import { SizeSection } from "./size-section.tsx";
import { useFacets } from "./use-facets.ts";
import { useFilters } from "./use-filters.ts";
import { DatasetSection, LabelSection, StatusSection, TypeSection } from "./value-sections.tsx";

const text = messages.filters;

// With the world in it.
const PlaceSection = lazy(async () => ({
  default: (await import("./place-section.tsx")).PlaceSection,
}));

/** Fills the height of what it is put into. */
export function FilterPanel({ onClose }: { readonly onClose: () => void }) {
  const filters = useFilters();
  const { data: facets, error, refetch } = useFacets();
  const props = { facets, filters };
  return (
    <aside className={classes.panel} aria-label={text.title} data-testid="filter-panel">
      <header className={classes.header}>
        <h2>{text.title}</h2>
        {filters.filters.length > 0 && (
          <button type="button" className={classes.clear} onClick={filters.clearAll}>
            {text.clearAll}
          </button>
        )}
        <IconButton icon="close" label={text.close} onClick={onClose} />
      </header>
      <div className={classes.sections}>
        {error && !facets && (
          <p className={classes.hint} role="alert">
            {text.failed}{" "}
            <Button size="compact-xs" variant="default" onClick={() => void refetch()}>
              {messages.retry}
            </Button>
          </p>
        )}
        <Section name="dataset" kinds={["dataset", "unassigned"]} filters={filters}>
          {() => <DatasetSection {...props} />}
        </Section>
        <Section name="label" kinds={["label", "unlabeled"]} filters={filters}>
          {() => <LabelSection {...props} />}
        </Section>
        {(facets?.objects.length || filters.of("objects").length > 0) && (
          <Section name="objects" kinds={["objects"]} filters={filters}>
            {() => <ObjectsSection {...props} />}
          </Section>
        )}
        <Section name="date" kinds={["taken", "added"]} filters={filters}>
          {() => <DateSection {...props} />}
        </Section>
        <Section name="place" kinds={["placed", "box", "near"]} filters={filters}>
          {() => (
            <Suspense fallback={<div className={classes.mapToCome} />}>
              <PlaceSection {...props} />
            </Suspense>
          )}
        </Section>
        <Section name="colour" kinds={["colour"]} filters={filters}>
          {() => <ColourSection {...props} />}
        </Section>
        <Section name="size" kinds={["shape", "size"]} filters={filters}>
          {() => <SizeSection {...props} />}
        </Section>
        <Section name="type" kinds={["type"]} filters={filters}>
          {() => <TypeSection {...props} />}
        </Section>
        <Section name="status" kinds={["status"]} filters={filters}>
          {() => <StatusSection {...props} />}
        </Section>
        <Section name="metadata" kinds={["metadata"]} filters={filters}>
          {() => <MetadataSection {...props} />}
        </Section>
        <Section name="name" kinds={["name"]} filters={filters}>
          {() => <NameSection {...props} />}
        </Section>
        {facets && !isEverything(filters.query) && <p className={classes.hint}>{text.ofAll}</p>}
      </div>
      <ShowButton query={filters.query} onClose={onClose} />
    </aside>
  );
}

// Where the panel hides the results.
function ShowButton({ query, onClose }: { readonly query: Query; readonly onClose: () => void }) {
  const { client } = usePortal();
  const { data } = useQuery(pageOptions(client, query, 0));
  return (
    <footer className={classes.footer}>
      <Button fullWidth size="md" onClick={onClose}>
        {data ? text.show(data.total) : text.showAny}
      </Button>
    </footer>
  );
}
