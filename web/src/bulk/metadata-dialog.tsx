// "Edit metadata": of one input all of it as it stands, of many what to add, replace or remove.
import { Textarea } from "@mantine/core";
import { useState } from "react";
import type { BulkChange } from "../../../src/client/bulk.ts";
import { bulk as text } from "../messages/bulk.ts";
import classes from "./bulk-dialog.module.css";
import { BulkDialog } from "./bulk-dialog.tsx";
import { type ParsedMetadata, parseMetadata, toDifference } from "./metadata-text.ts";
import { Removable } from "./removable.tsx";
import { countOf, type Target } from "./target.ts";
import type { BulkDialogProps } from "./use-bulk-dialog.tsx";
import { countWords, useSample } from "./use-sample.ts";

export function MetadataDialog({ target, onClose }: BulkDialogProps) {
  const inputs = useSample(target);
  const [typed, setTyped] = useState<string>();
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const isOne = isSingle(target);
  const before = isOne ? (inputs?.[0]?.metadata ?? {}) : {};
  const shown = typed ?? (Object.keys(before).length > 0 ? JSON.stringify(before, null, 2) : "");
  const parsed = parseMetadata(shown);
  const keys = isOne ? [] : countWords((inputs ?? []).flatMap((one) => Object.keys(one.metadata)));
  return (
    <BulkDialog
      title={text.metadata}
      target={target}
      change={toChange(parsed, before, removed)}
      problem={parsed.problem}
      onClose={onClose}
    >
      <Textarea
        className={classes.json ?? ""}
        label={isOne ? text.metadataOfOne : text.metadataOfMany}
        description={isOne ? undefined : text.metadataHint}
        placeholder={text.metadataExample}
        value={shown}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        rows={10}
        spellCheck={false}
        data-autofocus
        data-testid="metadata-field"
      />
      <Removable label={text.removeKeys} words={keys} removed={removed} onChange={setRemoved} />
    </BulkDialog>
  );
}

function isSingle(target: Target): boolean {
  return "ids" in target && countOf(target) === 1;
}

function toChange(
  { metadata }: ParsedMetadata,
  before: Readonly<Record<string, unknown>>,
  removed: ReadonlySet<string>,
): BulkChange | undefined {
  if (!metadata) return undefined;
  const { set, remove } = toDifference(before, metadata);
  const gone = [...remove, ...removed];
  if (Object.keys(set).length + gone.length === 0) return undefined;
  return { kind: "metadata", set, remove: gone };
}
