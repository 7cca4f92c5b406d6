// A picture that was pasted, dropped or taken -> a term of the search that is open.
import { useMutation } from "@tanstack/react-query";
import { usePortal } from "../portal.ts";
import { withTerm } from "../query.ts";
import { sendPicture } from "../visual-search/send-picture.ts";
import { useSearch } from "./use-search.ts";

export function useImageSearch() {
  const { client, queryClient } = usePortal();
  const { search, current } = useSearch();
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (file: Blob) => sendPicture(client, queryClient, file),
    onSuccess: (term) => search(withTerm(current(), term)),
  });
  return { searchBy: mutate, isBusy: isPending, error, dismiss: reset };
}
