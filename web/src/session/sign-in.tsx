// Asks for the access key; the address stays, so that signing in leads where the link pointed.
import { Button, PasswordInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import type { Client } from "../../../src/client/client.ts";
import { ClientError } from "../../../src/client/client-error.ts";
import type { Session } from "../../../src/client/session.ts";
import iconUrl from "../icon.svg";
import { messages } from "../messages.ts";
import { SESSION_KEY } from "./session-gate.tsx";
import classes from "./sign-in.module.css";

const text = messages.session;

type SignInProps = {
  readonly client: Pick<Client, "signIn">;
  readonly onSignedIn: () => void;
};

export function SignIn({ client, onSignedIn }: SignInProps) {
  const queryClient = useQueryClient();
  const [key, setKey] = useState("");
  const [error, setError] = useState("");
  const [isBusy, setIsBusy] = useState(false);

  async function signIn(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    try {
      await client.signIn(key.trim());
      onSignedIn();
      const session: Session = { isSignedIn: true, isRequired: true };
      queryClient.setQueryData(SESSION_KEY, session);
    } catch (thrown) {
      if (!(thrown instanceof ClientError)) throw thrown;
      setError(thrown.isUnauthenticated ? text.wrong : thrown.message);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <main className={classes.page}>
      <form className={classes.form} onSubmit={(event) => void signIn(event)}>
        <img src={iconUrl} alt="" width={48} height={48} />
        <h1>{text.title}</h1>
        <p>{text.hint}</p>
        <PasswordInput
          label={text.key}
          description={text.keyHint}
          autoComplete="current-password"
          autoFocus
          size="md"
          value={key}
          error={error || undefined}
          onChange={({ currentTarget }) => {
            setKey(currentTarget.value);
            setError("");
          }}
        />
        <Button type="submit" size="md" fullWidth loading={isBusy} disabled={key.trim() === ""}>
          {text.submit}
        </Button>
      </form>
    </main>
  );
}
