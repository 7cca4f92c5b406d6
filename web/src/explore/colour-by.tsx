// What the colours of the points stand for: their clusters, or the values of a concept.
import { Autocomplete, SegmentedControl } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ClientError } from "../../../src/client/client-error.ts";
import type { PictureMap } from "../../../src/client/explore.ts";
import { explore as text } from "../messages/explore.ts";
import { usePortal } from "../portal.ts";
import { toScoreText } from "../quantities.ts";
import { useConcepts } from "../search/use-concepts.ts";
import classes from "./explore.module.css";
import { type Scheme, scaleColour, toCss } from "./map-colours.ts";
import { toValues, type Values } from "./point-style.ts";

const STOPS = 6;

/** `values`: undefined until a concept is chosen. */
export type Colouring =
  | { readonly by: "cluster" }
  | { readonly by: "concept"; readonly values: Values | undefined };

type ColourByProps = {
  readonly map: PictureMap;
  readonly scheme: Scheme;
  readonly colouring: Colouring;
  readonly onChange: (colouring: Colouring) => void;
};

export function ColourBy({ map, scheme, colouring, onChange }: ColourByProps) {
  const { client } = usePortal();
  const [typed, setTyped] = useState("");
  const { concepts = [] } = useConcepts(colouring.by === "concept" ? typed : undefined);
  const names = [...new Set(concepts.map(({ concept }) => concept.name))];
  const { mutate, error, isPending } = useMutation<Float32Array, ClientError, string>({
    mutationFn: (concept) => client.mapValues(concept, map.ids),
    onSuccess: (values) => onChange({ by: "concept", values: toValues(values) }),
  });
  const isMissing = error !== null && !isPending;
  return (
    <div className={classes.bar}>
      <SegmentedControl
        size="xs"
        aria-label={text.colourBy}
        value={colouring.by}
        data={[
          { value: "cluster", label: text.byCluster },
          { value: "concept", label: text.byConcept },
        ]}
        onChange={(by) => {
          if (by === "cluster") return onChange({ by: "cluster" });
          onChange({ by: "concept", values: undefined });
          if (typed !== "") mutate(typed);
        }}
      />
      {colouring.by === "concept" && (
        <>
          <Autocomplete
            className={classes.concept}
            size="xs"
            aria-label={text.concept}
            placeholder={text.conceptHint}
            data={names}
            filter={({ options }) => options}
            value={typed}
            onChange={setTyped}
            onOptionSubmit={(name) => mutate(name)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && typed.trim() !== "") mutate(typed.trim());
            }}
            error={isMissing && text.conceptFailed}
            data-autofocus
          />
          {colouring.values && map.ids.length === colouring.values.of.length && (
            <Scale values={colouring.values} scheme={scheme} />
          )}
        </>
      )}
    </div>
  );
}

function Scale({ values, scheme }: { readonly values: Values; readonly scheme: Scheme }) {
  const stops = Array.from({ length: STOPS }, (_, i) =>
    toCss(scaleColour(i / (STOPS - 1), scheme)),
  );
  return (
    <div className={classes.scale} data-testid="scale">
      <span>{toScoreText(values.low)}</span>
      <i style={{ background: `linear-gradient(90deg, ${stops.join(", ")})` }} />
      <span>{toScoreText(values.high)}</span>
    </div>
  );
}
