// One model: how good its versions are, what it knows of each concept, and what to do about it.
import { Button } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { ModelWithVersions } from "../../../src/client/models.ts";
import { Notice } from "../frame/notice.tsx";
import { Page } from "../frame/page.tsx";
import { Icon } from "../icon.tsx";
import { models as text } from "../messages/models.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING, ofConcept } from "../query.ts";
import { ConceptTable } from "./concept-table.tsx";
import { ModelMenu } from "./model-menu.tsx";
import classes from "./model-page.module.css";
import { ModelState } from "./model-state.tsx";
import { isBusy, useModel } from "./use-models.ts";
import { useRetrain } from "./use-retrain.ts";
import { VersionChart } from "./version-chart.tsx";
import { VersionList } from "./version-list.tsx";

const NOT_FOUND = 404;

export function ModelPage() {
  const { modelId } = useParams({ from: "/apps/$appId/models/$modelId" });
  const { data, error, refetch } = useModel(modelId);
  const isGone = error?.httpStatus === NOT_FOUND;
  return (
    <Page
      title={data?.name ?? text.title}
      hint={<AllModels>{data?.latest && <ModelState version={data.latest} />}</AllModels>}
      actions={data && <Actions model={data} />}
    >
      {error && (
        <Notice
          icon="alert"
          title={isGone ? text.gone : text.failed}
          hint={isGone ? text.goneHint : error.message}
        >
          {!isGone && <Button onClick={() => void refetch()}>{messages.retry}</Button>}
        </Notice>
      )}
      {data && !error && <Content model={data} />}
    </Page>
  );
}

function AllModels({ children }: { readonly children: React.ReactNode }) {
  const { appId } = usePortal();
  return (
    <span className={classes.hint}>
      {children}
      <Link
        className={classes.back}
        to="/apps/$appId/models"
        params={{ appId }}
        search={{ query: EVERYTHING }}
      >
        <Icon name="left" sizePx={16} />
        {text.back}
      </Link>
    </span>
  );
}

function Actions({ model }: { readonly model: ModelWithVersions }) {
  const { appId } = usePortal();
  const navigate = useNavigate();
  const retrain = useRetrain(model.id, model.latest?.dataset);
  const only = model.examples.length === 1 ? model.examples[0] : undefined;
  return (
    <>
      {only && (
        <Link
          className={classes.search}
          to="/apps/$appId/inputs"
          params={{ appId }}
          search={{ query: ofConcept(only.name) }}
        >
          {text.search}
        </Link>
      )}
      <Button
        size="sm"
        loading={retrain.isPending || isBusy(model)}
        onClick={() => retrain.mutate()}
      >
        {model.current ? text.retrain : text.train}
      </Button>
      <ModelMenu
        model={model}
        onDeleted={() =>
          void navigate({
            to: "/apps/$appId/models",
            params: { appId },
            search: { query: EVERYTHING },
          })
        }
      />
    </>
  );
}

function Content({ model }: { readonly model: ModelWithVersions }) {
  const changes = model.examples.reduce((sum, one) => sum + one.changes, 0);
  const { latest } = model;
  return (
    <div className={classes.content}>
      {latest?.state === "failed" && (
        <p className={classes.failure} role="alert">
          {latest.statusText}
        </p>
      )}
      {changes > 0 && !isBusy(model) && (
        <p className={classes.changes} role="status" data-testid="changes">
          <Icon name="info" sizePx={18} />
          {text.changes(changes)}
        </p>
      )}
      <ConceptTable model={model} />
      <VersionChart versions={model.versions} />
      <VersionList model={model} />
    </div>
  );
}
