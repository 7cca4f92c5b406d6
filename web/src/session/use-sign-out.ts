// The way out, for whoever had to show the key to come in.
import { createContext, useContext } from "react";

/** Undefined on a server that asks for no key. */
export const SignOutContext = createContext<(() => Promise<void>) | undefined>(undefined);

export function useSignOut(): (() => Promise<void>) | undefined {
  return useContext(SignOutContext);
}
