// Shows the Portal to whoever may see it, the sign-in page to others.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { createClient } from "../../../src/client/client.ts";
import { SignIn } from "./sign-in.tsx";

export const SESSION_KEY = ["session"];

// Sessions belong to no app.
const client = createClient();

export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { data, isPending } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => client.session({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isPending) return null;
  // Without an answer the page itself says that the server is away.
  return data?.isRequired && !data.isSignedIn ? <SignIn client={client} /> : children;
}
