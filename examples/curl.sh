#!/usr/bin/env bash
# Clarifai's REST API on Semblance, with cURL and jq. Start the server, then:
#   ./curl.sh photo.jpg https://example.com/other.jpg
# SEMBLANCE_URL (default http://localhost:8484) and SEMBLANCE_KEY say where it is and with which key.
set -euo pipefail
file=$1
url=$2
apps=${SEMBLANCE_URL:-http://localhost:8484}/v2/users/me/apps
app=$apps/example-$(date +%s)

call() { # method, address, body
  curl --silent --show-error --fail-with-body --request "$1" "$2" \
    --header "Authorization: Key ${SEMBLANCE_KEY:-none}" ${3:+--json "$3"}
}

show() { # title, query
  printf '%s: ' "$1"
  call POST "$app/inputs/searches" "{\"searches\":[{\"query\":$2}]}" |
    jq --raw-output '[.hits[] | "\(.input.id) \(.score)"] | join(", ")'
}

call POST "$apps" "{\"apps\":[{\"id\":\"${app##*/}\"}]}" >/dev/null
# The picture goes through a file: it is too long for an argument.
base64 --wrap=0 "$file" | jq --raw-input --arg url "$url" '{inputs: [
  {id: "from-file", data: {image: {base64: .}}},
  {id: "from-url", data: {
    image: {url: $url},
    concepts: [{id: "favourite", value: 1}],
    geo: {geo_point: {latitude: 40, longitude: -30}}}}]}' |
  call POST "$app/inputs" @- >/dev/null
while [ "$(call GET "$app/inputs/status" | jq '.counts.to_process + .counts.processing')" != 0 ]; do
  sleep 0.1
done

image="{\"annotation\":{\"data\":{\"image\":{\"url\":\"$url\"}}}}"
show "like the URL" "{\"ranks\":[$image]}"
show "#dog" '{"ranks":[{"annotation":{"data":{"concepts":[{"name":"dog","value":1}]}}}]}'
show '"a dog on a beach"' '{"ranks":[{"annotation":{"data":{"text":{"raw":"a dog on a beach"}}}}]}'
show "labelled favourite" \
  '{"filters":[{"annotation":{"data":{"concepts":[{"id":"favourite","value":1}]}}}]}'
show "near 40, -29" '{"filters":[{"annotation":{"data":{"geo":{
  "geo_point":{"latitude":40,"longitude":-29},
  "geo_limit":{"type":"withinKilometers","value":100}}}}}]}'
call DELETE "$app" >/dev/null
