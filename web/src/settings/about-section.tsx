// Which Semblance this is, and the way out.
import { Button } from "@mantine/core";
import { Icon } from "../icon.tsx";
import { settings as text } from "../messages/settings.ts";
import { messages } from "../messages.ts";
import { toDateText } from "../quantities.ts";
import { useSignOut } from "../session/use-sign-out.ts";
import { Problem } from "./problem.tsx";
import classes from "./section.module.css";
import { useStatus } from "./use-status.ts";

export function AboutSection() {
  const { data, error, refetch } = useStatus();
  const signOut = useSignOut();
  return (
    <div className={classes.stack}>
      <Problem error={error} onRetry={refetch} />
      <dl className={classes.facts}>
        {data && (
          <>
            <dt>{text.version}</dt>
            <dd>
              {messages.product} {data.version}
            </dd>
            <dt>{text.started}</dt>
            <dd>{toDateText(new Date(data.started_at))}</dd>
          </>
        )}
        <dt>{text.licence}</dt>
        <dd>
          <a href="https://www.apache.org/licenses/LICENSE-2.0" target="_blank" rel="noreferrer">
            {text.apache}
          </a>
        </dd>
        <dt>{text.docs}</dt>
        <dd>
          {text.docsFiles}
          <br />
          <a href="https://docs.clarifai.com/" target="_blank" rel="noreferrer">
            {text.docsApi}
          </a>
        </dd>
      </dl>
      {signOut && (
        <>
          <Button
            variant="default"
            leftSection={<Icon name="signout" sizePx={18} />}
            onClick={() => void signOut()}
          >
            {messages.session.signOut}
          </Button>
          <p className={classes.dim}>{text.signOutHint}</p>
        </>
      )}
    </div>
  );
}
