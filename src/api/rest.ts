// Clarifai's REST API: one route per google.api.http binding of each method, so that it follows the proto.
import {
  type DescMessage,
  type DescMethod,
  getOption,
  type JsonObject,
  type JsonValue,
} from "@bufbuild/protobuf";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { http } from "#google/api/annotations_pb";
import type { HttpRule } from "#google/api/http_pb";
import { V2 } from "#proto/api/service_pb";
import { LIMITS } from "../limits.ts";
import { toCall } from "./call.ts";
import { answer, type Handlers } from "./handlers/handlers.ts";
import { isObject, readJson, writeJson } from "./json.ts";
import { parseJsonBody } from "./json-body.ts";
import { addClosedEnvironment } from "./retired-fields.ts";

/** Longer bodies are not kept as JSON beside their message. */
const KEPT_JSON_BYTES = 2 ** 20;

type Route = {
  readonly method: DescMethod;
  readonly verb: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Fastify's pattern; parameters are called p0, p1 ... because Fastify ends a name at a dot. */
  readonly url: string;
  /** Message field of each parameter, such as ["user_app_id", "user_id"]. */
  readonly params: readonly (readonly string[])[];
};

/** Adds every route of clarifai.api.V2 to `scope`. */
export function registerRest(scope: FastifyInstance, handlers: Handlers): void {
  parseJsonBody(scope, LIMITS.requestBytes);
  for (const route of restRoutes()) {
    scope.route({
      method: route.verb,
      url: route.url,
      handler: async (request, reply) => {
        const { message, json } = readRequest(route, request);
        const call = { ...toCall(request, reply), json };
        const result = await answer(handlers, route.method, message, call, request.log);
        const written = writeJson(route.method.output, result.message);
        addClosedEnvironment(result.message, written);
        return reply.code(result.httpStatus).send(written);
      },
    });
  }
}

// Images in base64 would fill the memory three times over: as text, as JSON and as bytes. Fields that the proto no
// longer has only come in small requests.
function readRequest(route: Route, request: FastifyRequest) {
  const message = readJson(route.method.input, toRequestJson(route, request));
  const isSmall = Number(request.headers["content-length"] ?? 0) <= KEPT_JSON_BYTES;
  const json = isSmall ? request.body : undefined;
  request.body = undefined;
  return { message, json };
}

// Two bindings of the proto claim the same path four times; the first one wins, as at Clarifai.
function restRoutes(): Route[] {
  const routes = new Map<string, Route>();
  for (const method of V2.methods) {
    const rule = getOption(method, http);
    for (const binding of [rule, ...rule.additionalBindings]) {
      const route = toRoute(method, binding);
      const key = route && `${route.verb} ${route.url}`;
      if (route && key && !routes.has(key)) routes.set(key, route);
    }
  }
  return [...routes.values()];
}

const VERBS = { get: "GET", post: "POST", patch: "PATCH", put: "PUT", delete: "DELETE" } as const;

function toRoute(method: DescMethod, { pattern }: HttpRule): Route | undefined {
  if (pattern.case === undefined || pattern.case === "custom") return undefined;
  const params: string[][] = [];
  const url = pattern.value.replace(/\{([^}]*)\}/g, (_, name: string) => {
    params.push(name.split("."));
    return `:p${params.length - 1}`;
  });
  return { method, verb: VERBS[pattern.case], url, params };
}

// What stands in the path wins over the body, the body over the query.
function toRequestJson(route: Route, request: FastifyRequest): JsonObject {
  const json: JsonObject = {};
  const query = request.query as Record<string, string | string[]>;
  for (const [key, value] of Object.entries(query)) {
    setField(route.method.input, json, key.split("."), value);
  }
  if (isObject(request.body)) Object.assign(json, request.body);
  const values = request.params as Record<string, string>;
  route.params.forEach((path, i) => {
    setField(route.method.input, json, path, values[`p${i}`] ?? "");
  });
  return json;
}

// Follows a dotted path through the message; a path that leads nowhere is an unknown field: ignored. A path into a list
// of messages, such as statuses.code, may be given once for each of them.
function setField(
  schema: DescMessage,
  json: JsonObject,
  [name, ...rest]: readonly string[],
  value: string | string[],
): void {
  const field = schema.fields.find((field) => field.name === name || field.jsonName === name);
  if (field === undefined) return;
  if (rest.length === 0) {
    const values = Array.isArray(value) ? value : [value];
    json[field.name] = field.fieldKind === "list" ? values : (values.at(-1) ?? "");
  } else if (field.fieldKind === "message") {
    json[field.name] = withField(
      field.message,
      json[field.name] ?? json[field.jsonName],
      rest,
      value,
    );
  } else if (field.fieldKind === "list" && field.message) {
    const { message } = field;
    const values = Array.isArray(value) ? value : [value];
    const old = json[field.name];
    const parts = Array.isArray(old) ? [...old] : [];
    values.forEach((one, i) => {
      parts[i] = withField(message, parts[i], rest, one);
    });
    json[field.name] = parts;
  }
}

function withField(
  schema: DescMessage,
  old: JsonValue | undefined,
  path: readonly string[],
  value: string | string[],
): JsonObject {
  const json = isObject(old) ? { ...old } : {};
  setField(schema, json, path, value);
  return json;
}
