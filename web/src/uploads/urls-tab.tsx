// URLs, one per line: how many there are, which lines are none, and the button that adds them.
import { Button, Switch, Textarea } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { messages } from "../messages.ts";
import classes from "./upload-dialog.module.css";
import { readUrls, URLS_MAX } from "./url-list.ts";

const text = messages.uploads;
const BAD_SHOWN = 5;

type UrlsTabProps = {
  readonly areDuplicatesAllowed: boolean;
  readonly onAllowDuplicates: (areAllowed: boolean) => void;
  readonly onAdd: (urls: readonly string[]) => void;
};

export function UrlsTab({ areDuplicatesAllowed, onAllowDuplicates, onAdd }: UrlsTabProps) {
  const [given, setGiven] = useState("");
  const { urls, repeated, bad } = readUrls(given, areDuplicatesAllowed);
  const isTooMany = urls.length > URLS_MAX;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onAdd(urls);
  }

  return (
    <form className={classes.urls} onSubmit={submit}>
      <Textarea
        data-autofocus
        label={text.urls}
        description={text.urlsHint}
        placeholder={text.urlsPlaceholder}
        value={given}
        error={isTooMany && text.tooManyUrls(URLS_MAX)}
        rows={7}
        wrap="off"
        dir="ltr"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        data-testid="urls"
        onChange={({ currentTarget }) => setGiven(currentTarget.value)}
      />
      <div className={classes.found} role="status" data-testid="urls-found">
        {text.urlsGood(urls.length)}
        {repeated > 0 && `, ${text.urlsRepeated(repeated)}`}
        {bad.length > 0 && <span data-bad>{text.urlsBad(bad.length)}</span>}
      </div>
      {bad.length > 0 && (
        <ul className={classes.bad} data-testid="bad-lines">
          {bad.slice(0, BAD_SHOWN).map(({ line, given: words, reason }) => (
            <li key={line} title={reason}>
              <span dir="auto">{text.badLine(line, words)}</span>
              <small>{reason}</small>
            </li>
          ))}
          {bad.length > BAD_SHOWN && <li>{text.moreBad(bad.length - BAD_SHOWN)}</li>}
        </ul>
      )}
      <Switch
        label={text.allowDuplicates}
        description={text.allowDuplicatesHint}
        checked={areDuplicatesAllowed}
        onChange={({ currentTarget }) => onAllowDuplicates(currentTarget.checked)}
      />
      <Button type="submit" disabled={urls.length === 0 || isTooMany}>
        {text.addUrls(urls.length)}
      </Button>
    </form>
  );
}
