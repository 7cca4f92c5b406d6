// Upload settings: folded away with a line that says what they are.
import { Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ConceptField } from "../bulk/concept-field.tsx";
import { useDatasets } from "../filters/use-names.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { DatasetField } from "./dataset-field.tsx";
import { type GivenSettings, LABELS_MAX, metadataProblem, NO_SETTINGS } from "./settings.ts";
import classes from "./upload-dialog.module.css";

const text = messages.uploads;

type SettingsSectionProps = {
  readonly settings: GivenSettings;
  readonly onChange: (part: Partial<GivenSettings>) => void;
};

export function SettingsSection({ settings, onChange }: SettingsSectionProps) {
  const [isOpen, { toggle }] = useDisclosure();
  const summary = useSummary(settings);
  return (
    <section className={classes.settings}>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={isOpen}
        data-testid="upload-settings"
        onClick={toggle}
      >
        <Icon name={isOpen ? "down" : "right"} sizePx={16} />
        <strong>{text.settings}</strong>
        {!isOpen && <span dir="auto">{summary || text.settingsNone}</span>}
      </button>
      {isOpen && (
        <div className={classes.fields}>
          <ConceptField
            label={text.labels}
            names={settings.labels}
            onChange={(labels) => onChange({ labels: labels.slice(0, LABELS_MAX) })}
          />
          <DatasetField dataset={settings.dataset} onChange={(dataset) => onChange({ dataset })} />
          <Textarea
            label={text.metadata}
            description={text.metadataHint}
            value={settings.metadata}
            error={metadataProblem(settings.metadata)}
            autosize={false}
            rows={3}
            spellCheck={false}
            data-testid="upload-metadata"
            onChange={({ currentTarget }) => onChange({ metadata: currentTarget.value })}
          />
          {summary && (
            <button
              type="button"
              className={classes.link}
              onClick={() =>
                onChange({
                  ...NO_SETTINGS,
                  areDuplicateUrlsAllowed: settings.areDuplicateUrlsAllowed,
                })
              }
            >
              {text.clearSettings}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

/** "" if nothing is set. */
function useSummary({ labels, dataset, metadata }: GivenSettings): string {
  const { data = [] } = useDatasets(dataset !== "");
  const name = data.find(({ id }) => id === dataset)?.name ?? dataset;
  return [
    labels.length > 0 && text.settingsLabels(labels.length),
    dataset !== "" && text.settingsDataset(name),
    metadata.trim() !== "" && text.settingsMetadata,
  ]
    .filter(Boolean)
    .join(", ");
}
