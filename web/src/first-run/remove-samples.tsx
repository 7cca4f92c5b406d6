// For the settings: the sample gallery, if there is one, and the button that removes it.
import { Button } from "@mantine/core";
import { SAMPLE_DATASET } from "../../../src/client/samples.ts";
import { useDatasets } from "../filters/use-names.ts";
import { firstRun as text } from "../messages/first-run.ts";
import classes from "./first-run.module.css";
import { useSamples } from "./use-samples.ts";

type RemoveSamplesProps = { readonly title: string; readonly hint: string };

export function RemoveSamples({ title, hint }: RemoveSamplesProps) {
  const { data = [] } = useDatasets();
  const { remove, isRemoving } = useSamples();
  if (!data.some(({ id }) => id === SAMPLE_DATASET)) return null;
  return (
    <section className={classes.samples}>
      <div>
        <h2>{title}</h2>
        <p>{hint}</p>
        {remove.error && <p role="alert">{remove.error.message}</p>}
      </div>
      <Button
        variant="default"
        loading={remove.isPending}
        disabled={isRemoving}
        onClick={() => remove.mutate()}
      >
        {isRemoving ? text.removing : text.removeSamples}
      </Button>
    </section>
  );
}
