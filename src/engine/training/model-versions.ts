// Versions of models, as records of the store. Training, its owner and evaluation change them at the same time.
import type { App } from "../engine.ts";
import type { RecordKey, Records, StoredRecord } from "../library/records.ts";
import { Turns } from "../turns.ts";
import {
  type ModelVersion,
  type TrainedConcept,
  toTrained,
  toVersion,
  toVersionBody,
  type VersionBody,
} from "./model-record.ts";

/** A version by the ids that lead to it. */
export type VersionKey = {
  readonly app: App;
  readonly modelId: string;
  readonly versionId: string;
};

/** Versions looked at in one go for the newest trained one. */
const PAGE = 20;

export class ModelVersions {
  readonly #records: Records;
  readonly #encoder: string;
  readonly #turns = new Turns();

  /** `encoder`: id of the one in use. */
  constructor(records: Records, encoder: string) {
    this.#records = records;
    this.#encoder = encoder;
  }

  async get(key: VersionKey): Promise<ModelVersion | undefined> {
    const record = await this.#records.get(key.app, toRecordKey(key));
    return record && toVersion(record, this.#encoder);
  }

  /** The body as it is kept; undefined if the version is gone. */
  async body(key: VersionKey): Promise<VersionBody | undefined> {
    const record = await this.#records.get(key.app, toRecordKey(key));
    return record && toVersionBody(record);
  }

  /** Newest first. */
  async list(
    app: App,
    modelId: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<readonly ModelVersion[]> {
    const records = await this.#newest(app, modelId, page);
    return records.map((record) => toVersion(record, this.#encoder));
  }

  async latest(app: App, modelId: string): Promise<ModelVersion | undefined> {
    return (await this.list(app, modelId, { offset: 0, limit: 1 }))[0];
  }

  async create(key: VersionKey, body: VersionBody): Promise<ModelVersion> {
    const record = await this.#records.create(key.app, toRecordKey(key), body);
    return toVersion(record, this.#encoder);
  }

  /** Changes what `change` says of the version as it is now; undefined if it is gone. */
  async change(
    key: VersionKey,
    change: (body: VersionBody) => Partial<VersionBody>,
    weights?: Float32Array,
  ): Promise<ModelVersion | undefined> {
    return this.#turns.run(`${key.app.row}/${key.modelId}/${key.versionId}`, async () => {
      const body = await this.body(key);
      if (body === undefined) return undefined;
      const changed = { ...body, ...change(body) };
      const record = await this.#records.update(key.app, toRecordKey(key), changed, weights);
      return toVersion(record, this.#encoder);
    });
  }

  /** How many existed. */
  async delete(app: App, modelId: string, ids: readonly string[]): Promise<number> {
    return this.#records.delete(app, { kind: "model-version", parent: modelId }, ids);
  }

  /** The classifiers of one version; none unless it is trained, on embeddings of the encoder in use. */
  async classifiers(key: VersionKey): Promise<readonly TrainedConcept[]> {
    const record = await this.#records.get(key.app, toRecordKey(key));
    return record ? toTrained(record, this.#encoder) : [];
  }

  /** The newest version that has classifiers, with them. */
  async newestTrained(
    app: App,
    modelId: string,
  ): Promise<{ version: ModelVersion; classifiers: readonly TrainedConcept[] } | undefined> {
    for (let offset = 0; ; offset += PAGE) {
      const records = await this.#newest(app, modelId, { offset, limit: PAGE });
      for (const record of records) {
        const classifiers = toTrained(record, this.#encoder);
        if (classifiers.length > 0) {
          return { version: toVersion(record, this.#encoder), classifiers };
        }
      }
      if (records.length < PAGE) return undefined;
    }
  }

  async #newest(
    app: App,
    modelId: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    const family = { kind: "model-version", parent: modelId } as const;
    return this.#records.list(app, family, { ...page, newestFirst: true });
  }
}

function toRecordKey({ modelId, versionId }: VersionKey): RecordKey {
  return { kind: "model-version", parent: modelId, id: versionId };
}
