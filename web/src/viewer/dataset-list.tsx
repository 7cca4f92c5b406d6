// The datasets that an input is in.
import { useDatasets } from "../filters/use-names.ts";
import { messages } from "../messages.ts";
import classes from "./labels.module.css";
import { Section, SectionLink } from "./section.tsx";

const text = messages.input;

type DatasetListProps = { readonly ids: readonly string[]; readonly onChange: () => void };

export function DatasetList({ ids, onChange }: DatasetListProps) {
  const { data = [] } = useDatasets(ids.length > 0);
  return (
    <Section
      title={text.datasets}
      testId="datasets"
      action={<SectionLink onPress={onChange}>{text.change}</SectionLink>}
    >
      {ids.length > 0 && (
        <ul className={classes.list}>
          {ids.map((id) => (
            <li key={id} className={classes.plain} dir="auto">
              {data.find((one) => one.id === id)?.name ?? id}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
