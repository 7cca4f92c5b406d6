// The part of WebAssembly's JavaScript interface that the scan uses; TypeScript has it in "dom"
// only. https://webassembly.github.io/spec/js-api/ and the threads proposal (shared memories).
declare namespace WebAssembly {
  class Module {
    private constructor();
  }

  function compile(bytes: Uint8Array): Promise<Module>;

  class Memory {
    constructor(limits: { initial: number; maximum: number; shared: true });
    readonly buffer: SharedArrayBuffer;
    /** Adds pages of 64 KiB; earlier buffers keep their length. */
    grow(pages: number): number;
  }

  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory } });
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
