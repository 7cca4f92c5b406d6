// Inputs that were given by URL and whose bytes are still to be fetched: pending rows without a hash.
import type { Kysely } from "kysely";
import type { AppError } from "../../errors.ts";
import type { Schema } from "../schema.ts";

/** `row`: of the input. */
export type Download = { readonly row: number; readonly app: number; readonly url: string };

/** State changes of such inputs. None of them touches an input that was deleted or ended meanwhile. */
export class DownloadQueue {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** The oldest ones of all apps behind `afterRow`. */
  async next(afterRow: number, limit: number): Promise<readonly Download[]> {
    const rows = await this.#db
      .selectFrom("inputs")
      .select(["row", "app", "url"])
      .where("status", "=", "pending")
      .where("url", "is not", null)
      .where("sha256", "is", null)
      .where("row", ">", afterRow)
      .orderBy("row")
      .limit(limit)
      .execute();
    return rows.map(({ row, app, url }) => ({ row, app, url: url ?? "" }));
  }

  async isWaiting({ row }: Download): Promise<boolean> {
    const found = await this.#db
      .selectFrom("inputs")
      .select("row")
      .where("row", "=", row)
      .where("status", "=", "pending")
      .where("sha256", "is", null)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** Hands an input over to indexing: its bytes are kept. */
  async complete(download: Download, sha256: string, sizeBytes: number): Promise<void> {
    await this.#update(download, { sha256, size_bytes: sizeBytes });
  }

  /** Ends an input with the reason why its bytes cannot be had. */
  async fail(download: Download, { code, message }: AppError): Promise<void> {
    await this.#update(download, { status: "failed", failure_code: code, failure: message });
  }

  async #update(
    { row }: Download,
    change: {
      readonly sha256?: string;
      readonly size_bytes?: number;
      readonly status?: string;
      readonly failure_code?: string;
      readonly failure?: string;
    },
  ): Promise<void> {
    await this.#db
      .updateTable("inputs")
      .set({ ...change, modified_ms: Date.now() })
      .where("row", "=", row)
      .where("status", "=", "pending")
      .where("sha256", "is", null)
      .execute();
  }
}
