// Searches that people kept: what each asks for and finds now; run, rename, share, delete them.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SavedSearch } from "../../../src/client/saved-searches.ts";
import { NameDialog } from "../controls/name-dialog.tsx";
import toast from "../deletions/deletion-toast.module.css";
import { Notice } from "../frame/notice.tsx";
import { Page } from "../frame/page.tsx";
import { Icon } from "../icon.tsx";
import { saved as text } from "../messages/saved.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import { SavedCard } from "./saved-card.tsx";
import classes from "./saved-page.module.css";
import { SAVED_KEY, useSavedDeletion, useSavedSearches } from "./use-saved-searches.ts";

const NONE: readonly SavedSearch[] = [];

export function SavedPage() {
  const { data = NONE, error, isSuccess, refetch } = useSavedSearches();
  const deletion = useSavedDeletion();
  const [renamed, setRenamed] = useState<SavedSearch>();
  const searches = data.filter(({ id }) => id !== deletion.deleted?.id);
  return (
    <Page title={text.title} hint={searches.length > 0 && text.hint(searches.length)}>
      {error && data.length === 0 && (
        <Notice icon="alert" title={text.errorTitle} hint={error.message}>
          <Button onClick={() => void refetch()}>{messages.retry}</Button>
        </Notice>
      )}
      {isSuccess && searches.length === 0 && <NoneYet />}
      <ul className={classes.cards} aria-label={text.list}>
        {searches.map((search) => (
          <SavedCard
            key={search.id}
            search={search}
            onRename={() => setRenamed(search)}
            onDelete={() => deletion.request(search)}
          />
        ))}
      </ul>
      {renamed && <RenameDialog search={renamed} onClose={() => setRenamed(undefined)} />}
      <DeletionToast deletion={deletion} />
    </Page>
  );
}

function NoneYet() {
  const { appId } = usePortal();
  return (
    <Notice icon="bookmark" title={text.none} hint={text.noneHint}>
      <Link to="/apps/$appId/inputs" params={{ appId }} search={{ query: EVERYTHING }}>
        {text.toInputs}
      </Link>
    </Notice>
  );
}

type RenameDialogProps = { readonly search: SavedSearch; readonly onClose: () => void };

function RenameDialog({ search: { id, name }, onClose }: RenameDialogProps) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  return (
    <NameDialog
      title={text.renameTitle(name)}
      label={text.name}
      button={text.save}
      name={name}
      onName={async (next) => {
        await client.changeSavedSearch(id, { name: next });
        await queryClient.invalidateQueries({ queryKey: SAVED_KEY });
      }}
      onClose={onClose}
    />
  );
}

type DeletionToastProps = { readonly deletion: ReturnType<typeof useSavedDeletion> };

function DeletionToast({ deletion }: DeletionToastProps) {
  const { deleted, failure, undo, dismissFailure } = deletion;
  return (
    <div role="status" className={toast.place}>
      {failure !== "" && (
        <div className={toast.toast} data-bad>
          {failure}
          <button type="button" aria-label={messages.close} onClick={dismissFailure}>
            <Icon name="close" sizePx={16} />
          </button>
        </div>
      )}
      {failure === "" && deleted && (
        <div className={toast.toast} key={deleted.id} data-testid="saved-toast">
          <span className={classes.toastWords}>{text.deleted(deleted.name)}</span>
          <button type="button" onClick={undo}>
            {messages.undo}
          </button>
        </div>
      )}
    </div>
  );
}
