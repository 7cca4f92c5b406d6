// Models: those that learn the app's own concepts, and those that come with the server.
import { Button } from "@mantine/core";
import { useState } from "react";
import type { BaseModel } from "../../../src/client/models.ts";
import { InputsLink } from "../concepts/inputs-link.tsx";
import { Notice } from "../frame/notice.tsx";
import { Page } from "../frame/page.tsx";
import { Icon } from "../icon.tsx";
import { models as text } from "../messages/models.ts";
import { messages } from "../messages.ts";
import { ModelCard } from "./model-card.tsx";
import classes from "./models-page.module.css";
import { NewModelDialog } from "./new-model-dialog.tsx";
import { useBaseModels, useModels } from "./use-models.ts";

export function ModelsPage() {
  const { data, error, refetch } = useModels();
  const base = useBaseModels();
  const [isMaking, setIsMaking] = useState(false);
  return (
    <Page
      title={text.title}
      hint={data && data.length > 0 && text.count(data.length)}
      actions={
        <Button
          size="sm"
          leftSection={<Icon name="add" sizePx={18} />}
          onClick={() => setIsMaking(true)}
        >
          {text.create}
        </Button>
      }
    >
      {error && (
        <Notice icon="alert" title={text.failed} hint={error.message}>
          <Button onClick={() => void refetch()}>{messages.retry}</Button>
        </Notice>
      )}
      {data?.length === 0 && (
        <Notice icon="model" title={text.none} hint={text.noneHint}>
          <InputsLink>{text.toInputs}</InputsLink>
        </Notice>
      )}
      {data && data.length > 0 && (
        <ul className={classes.cards} aria-label={text.own}>
          {data.map((model) => (
            <ModelCard key={model.id} model={model} />
          ))}
        </ul>
      )}
      {data && base.data && <BaseModels models={base.data} />}
      {isMaking && <NewModelDialog onClose={() => setIsMaking(false)} />}
    </Page>
  );
}

function BaseModels({ models }: { readonly models: readonly BaseModel[] }) {
  return (
    <section className={classes.base} aria-label={text.base}>
      <h2>{text.base}</h2>
      <p>{text.baseHint}</p>
      <ul>
        {models.map(({ id, typeId, description }) => (
          <li key={id}>
            <b>{id}</b>
            <span>{description || typeId}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
