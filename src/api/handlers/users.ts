// Users: the owner, under whatever name the caller has for them, and Clarifai itself.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type UserSchema, Visibility_Gettable } from "#proto/api/resources_pb";
import type { Engine } from "../../engine/engine.ts";
import { OK } from "../status.ts";
import { callerName, isMain, MAIN, OWNER } from "./app.ts";
import type { Handlers } from "./handlers.ts";

export function userHandlers(engine: Engine): Handlers {
  return {
    async getUser({ userAppId }) {
      if (isMain(userAppId)) return { status: OK, user: CLARIFAI };
      // The owner is as old as the first app.
      const [first] = await engine.apps.list(OWNER, { offset: 0, limit: 1 });
      return {
        status: OK,
        user: {
          id: callerName(userAppId),
          visibility: { gettable: Visibility_Gettable.PRIVATE },
          ...(first && { createdAt: timestampFromDate(first.createdAt) }),
        },
      };
    },
  };
}

const CLARIFAI: MessageInitShape<typeof UserSchema> = {
  id: MAIN.userId,
  companyName: "Clarifai",
  visibility: { gettable: Visibility_Gettable.PUBLIC },
};
