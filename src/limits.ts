// Every limit that a user can meet, in one place; tested at the limit and one above.

export const LIMITS = {
  /** Images in one request (Clarifai's limit). */
  inputsPerRequest: 128,
  /** Encoded size of one image. */
  imageBytes: 20 * 2 ** 20,
  /** Width x height of one image. */
  imagePixels: 85_000_000,
  /** One request with inputs: 128 MB of images, which base64 makes a third longer. */
  requestBytes: 176 * 2 ** 20,
  /** One feedback on a prediction or a search, as JSON. */
  feedbackBytes: 2 ** 20,
  /** One request of our own API; pictures go to /uploads and /semblance/examples. */
  ownRequestBytes: 16 * 2 ** 20,
  /** One uploaded file on the Portal: an image or a zip archive. */
  uploadBytes: 16 * 2 ** 30,
  /** Files in one zip archive. */
  archiveEntries: 100_000,
  /** Labels, and datasets, that one upload gives to its images. */
  uploadLabels: 64,
  /** Characters of the metadata that an upload gives to its images, as JSON: it travels in the address. */
  uploadMetadataLength: 4096,
  /** One file of a model that is pulled. */
  modelFileBytes: 4 * 2 ** 30,
  /** Hits per page: default and most. */
  pageSize: 128,
  pageSizeMax: 1000,
  /** The last hit that paging may ask for. */
  windowMax: 1_000_000,
  /** Characters of a caption. Models read far less (32 to 77 tokens); the rest is ignored by them. */
  textLength: 10_000,
  /** Lines of text that are read in one picture, and their characters. */
  readingLines: 200,
  readingLength: 10_000,
  /** Ranks and filters in one query. */
  queryTerms: 64,
  /** Conditions in all filters of one query: concepts, metadata keys, places and the like. */
  queryConditions: 200,
  /** Concepts in a prediction: default and most. */
  predictions: 20,
  predictionsMax: 200,
  /** Characters of a concept pattern. */
  patternLength: 256,
  /** Characters of an image URL: more than servers take. */
  urlLength: 8192,
  /** Characters of an id, and of a concept's name. */
  idLength: 256,
  /** Ids in one change of many inputs; a search may find more. */
  bulkIds: 10_000,
  /** Concepts, keys or datasets in one change of many inputs. */
  bulkNames: 100,
  /** Concepts offered while one is typed. */
  suggestionsMax: 100,
  /** Characters of a saved search: the address of a page. */
  savedSearchLength: 20_000,
} as const;
