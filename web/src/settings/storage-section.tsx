// What takes how much space, as a bar and in figures, and where it lies.
import type { ServerStatus } from "../../../src/client/status.ts";
import { RemoveSamples } from "../first-run/remove-samples.tsx";
import { settings as text } from "../messages/settings.ts";
import { toSizeText } from "../quantities.ts";
import { Problem } from "./problem.tsx";
import classes from "./section.module.css";
import bar from "./storage-section.module.css";
import { useStatus } from "./use-status.ts";

export function StorageSection() {
  const { data, error, refetch } = useStatus();
  return (
    <div className={classes.stack}>
      <Problem error={error} onRetry={refetch} />
      {data && <Storage storage={data.storage} />}
      <RemoveSamples hint={text.samplesHint} title={text.samples} />
    </div>
  );
}

type Part = {
  readonly name: "originals" | "thumbnails" | "vectors" | "database";
  readonly bytes: number;
};

function Storage({ storage }: { readonly storage: ServerStatus["storage"] }) {
  const parts: readonly Part[] = [
    { name: "originals", bytes: storage.originals_bytes },
    { name: "thumbnails", bytes: storage.thumbnails_bytes },
    { name: "vectors", bytes: storage.vectors_bytes },
    // The vectors lie in the database.
    { name: "database", bytes: Math.max(0, storage.database_bytes - storage.vectors_bytes) },
  ];
  const used = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const free = toSizeText(storage.free_bytes);
  return (
    <>
      <p>
        <strong>{text.used(toSizeText(used))}</strong>, {text.freeOf(free)}
      </p>
      <div className={bar.bar} role="img" aria-label={text.storageBar}>
        {parts.map(({ name, bytes }) => (
          <span key={name} data-part={name} style={{ flexGrow: bytes / Math.max(1, used) }} />
        ))}
      </div>
      <ul className={bar.parts} data-testid="storage">
        {parts.map(({ name, bytes }) => (
          <li key={name}>
            <i data-part={name} aria-hidden="true" />
            <span>{text[name]}</span>
            <b>{toSizeText(bytes)}</b>
          </li>
        ))}
        <li>
          <i data-part="free" aria-hidden="true" />
          <span>{text.free}</span>
          <b>{free}</b>
        </li>
      </ul>
      <p className={classes.dim}>
        {text.folder}: <code>{storage.data_folder}</code>. {text.folderHint} {text.inPlace}
      </p>
    </>
  );
}
