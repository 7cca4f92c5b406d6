// Clarifai's status codes, for clients that ask what they mean.
import { StatusCodeSchema } from "#proto/api/status/status_code_pb";
import { noSuchId } from "../../engine/library/ids.ts";
import { OK, type Status } from "../status.ts";
import type { Handlers } from "./handlers.ts";

export function statusCodeHandlers(): Handlers {
  return {
    async listStatusCodes() {
      return { status: OK, statuses: [...meanings().values()] };
    },

    // The answer has one status only: the one that was asked for.
    async getStatusCode({ statusCodeId }) {
      const status = meanings().get(statusCodeId);
      if (status === undefined) throw noSuchId(statusCodeId, "a status code");
      return { status };
    },
  };
}

// By code. The name of a code is all that the proto says about it at run time; of two names the first one counts.
function meanings(): ReadonlyMap<string, Status> {
  const known = new Map<string, Status>();
  for (const { number, name } of StatusCodeSchema.values) {
    const id = String(number);
    if (number === 0 || known.has(id)) continue;
    const words = name.toLowerCase().replaceAll("_", " ");
    const description = words.charAt(0).toUpperCase() + words.slice(1);
    known.set(id, { code: number, description, details: name });
  }
  return known;
}
