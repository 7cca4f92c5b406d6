// What the user dropped or picked -> files with their paths; folders are walked.

/** `name`: path relative to where the drop or pick began, "/" between folders. */
export type PickedFile = { readonly name: string; readonly file: File };

export type Picked = {
  readonly files: readonly PickedFile[];
  /** Files of folders that are no pictures (.DS_Store, .txt ...) or cannot be read. */
  readonly skipped: number;
};

const PICTURE = /\.(jpe?g|png|tiff?|bmp|webp|gif|avif|heic|heif|zip)$/i;

/** For file pickers: what the server accepts. */
export const ACCEPT =
  "image/jpeg,image/png,image/tiff,image/bmp,image/webp,image/gif,image/avif,.heic,.heif,.zip";

/** Call it within the drop event: the browser forgets the entries afterwards. */
export async function pickDropped(transfer: DataTransfer): Promise<Picked> {
  const dropped = [...transfer.items].filter(({ kind }) => kind === "file");
  const entries = dropped.map((one) => one.webkitGetAsEntry());
  // What is no place on a disk (an image out of a web page) has a file but no entry.
  const alone = dropped.flatMap((one, place) => toPicked(entries[place] ? null : one.getAsFile()));
  const inFolders: PickedFile[] = [];
  let unreadable = 0;
  for (const entry of entries) {
    if (entry) unreadable += await walk(entry, entry.isFile ? alone : inFolders);
  }
  const picked = sorted(alone, inFolders);
  return { ...picked, skipped: picked.skipped + unreadable };
}

/** Files from a picker; those of a folder picker carry their path. */
export function pickListed(list: Iterable<File>): Picked {
  const picked = [...list].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
  const isInFolder = ({ file }: PickedFile) => file.webkitRelativePath !== "";
  return sorted(
    picked.filter((one) => !isInFolder(one)),
    picked.filter(isInFolder),
  );
}

// A file chosen by itself goes to the server whatever it is, so that the user reads why it failed.
function sorted(alone: readonly PickedFile[], inFolders: readonly PickedFile[]): Picked {
  const pictures = inFolders.filter(({ name }) => PICTURE.test(name));
  return { files: [...alone, ...pictures], skipped: inFolders.length - pictures.length };
}

function toPicked(file: File | null): PickedFile[] {
  return file ? [{ name: file.name, file }] : [];
}

// Counts what could not be read: a file without permission must not lose us the rest of the folder.
async function walk(entry: FileSystemEntry, found: PickedFile[]): Promise<number> {
  let unreadable = 0;
  try {
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      found.push({ name: entry.fullPath.replace(/^\//, ""), file });
    } else if (isFolder(entry)) {
      for (const child of await childrenOf(entry)) unreadable += await walk(child, found);
    }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    unreadable += 1;
  }
  return unreadable;
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  // One call yields at most 100 entries (Chromium); an empty answer is the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return children;
    children.push(...some);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
