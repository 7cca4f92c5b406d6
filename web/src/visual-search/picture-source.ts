// Where a picture to search by comes from.
import type { QueryClient } from "@tanstack/react-query";
import type { Client } from "../../../src/client/client.ts";
import type { Term } from "../query.ts";
import { sendPicture } from "./send-picture.ts";

export type PictureSource =
  | { readonly kind: "file"; readonly file: Blob }
  | { readonly kind: "input"; readonly inputId: string }
  | { readonly kind: "example"; readonly exampleId: string }
  /** The server fetches it. */
  | { readonly kind: "url"; readonly url: string };

/** Undefined for a term that is no picture. */
export function sourceOf(term: Term): PictureSource | undefined {
  switch (term.kind) {
    case "like":
      return { kind: "input", inputId: term.inputId };
    case "example":
    case "url":
      return term;
    default:
      return undefined;
  }
}

/** The whole picture as a term of a search. A file is sent to the server. @throws ClientError if that fails */
export async function toTerm(
  client: Client,
  queryClient: QueryClient,
  source: PictureSource,
): Promise<Term> {
  switch (source.kind) {
    case "file":
      return sendPicture(client, queryClient, source.file);
    case "input":
      return { kind: "like", inputId: source.inputId, weight: 1 };
    case "example":
      return { kind: "example", exampleId: source.exampleId, weight: 1 };
    case "url":
      return { kind: "url", url: source.url, weight: 1 };
  }
}
