// Which models have learned concepts that are about to go.
import { concepts as conceptsText } from "../messages/concepts.ts";
import { useModels } from "../models/use-models.ts";
import { toNamesText } from "./names-text.ts";

export function KnownBy({ conceptIds }: { readonly conceptIds: readonly string[] }) {
  const { data = [] } = useModels();
  const models = data.filter(({ current }) =>
    current?.concepts.some(({ id }) => conceptIds.includes(id)),
  );
  if (models.length === 0) return null;
  return <p>{conceptsText.known(toNamesText(models))}</p>;
}
