// Signing in and out; the only calls that need no key.
import { type CallOptions, type Connection, call } from "./connection.ts";

export type Session = { readonly isSignedIn: boolean; readonly isRequired: boolean };

export function sessionCalls(connection: Connection) {
  return {
    async session(options?: CallOptions): Promise<Session> {
      const reply = await call<{ signed_in: boolean; required: boolean }>(
        connection,
        "GET",
        "/session",
        undefined,
        options,
      );
      return { isSignedIn: reply.signed_in, isRequired: reply.required };
    },

    /** Trades the access key for a session cookie. @throws ClientError with httpStatus 401 if it is wrong. */
    async signIn(accessKey: string): Promise<void> {
      await call(connection, "POST", "/session", { key: accessKey });
    },

    async signOut(): Promise<void> {
      await call(connection, "DELETE", "/session");
    },
  };
}
