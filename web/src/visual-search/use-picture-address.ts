// Where a picture comes from -> an address that an <img> can show, and a part can be cut out of.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { usePortal } from "../portal.ts";
import type { PictureSource } from "./picture-source.ts";
import { fileKey } from "./send-picture.ts";

/** `fallBack`: to call when the browser cannot show what is at the address (HEIC, TIFF): the server makes a JPEG of it. */
export function usePictureAddress(source: PictureSource) {
  const [isFallback, setIsFallback] = useState(false);
  const { data, error } = usePictureOf(source, isFallback);
  const file = data instanceof Blob ? data : undefined;
  const fileUrl = useFileUrl(file);
  return {
    url: typeof data === "string" ? data : fileUrl,
    error,
    fallBack: () => setIsFallback(true),
  };
}

function usePictureOf(source: PictureSource, isFallback: boolean) {
  const { client, queryClient } = usePortal();
  const id = useId();

  async function load(): Promise<string | Blob> {
    switch (source.kind) {
      case "file": {
        if (!isFallback) return source.file;
        return client.exampleUrl((await client.addExample(source.file)).id);
      }
      case "input": {
        const { originalUrl, thumbnailUrl } = await client.input(source.inputId);
        return isFallback ? thumbnailUrl : originalUrl;
      }
      case "example": {
        const kept = queryClient.getQueryData<Blob>(fileKey(source.exampleId));
        return kept && !isFallback ? kept : client.exampleUrl(source.exampleId);
      }
      case "url":
        return client.exampleUrl((await client.addExample(source.url)).id);
    }
  }

  return useQuery({
    // Files have no key: this is of the component that shows them.
    queryKey: ["picture-address", id, isFallback],
    queryFn: load,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function useFileUrl(file: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file) return setUrl(undefined);
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
