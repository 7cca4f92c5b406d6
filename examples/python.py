# Clarifai's Python SDK on Semblance. Start the server, then:
#   pip install clarifai
#   CLARIFAI_API_BASE=http://localhost:8484 CLARIFAI_PAT=none CLARIFAI_USER_ID=me python python.py photo.jpg https://example.com/other.jpg
# CLARIFAI_PAT is the server's key (SEMBLANCE_KEY); without one, any word.
import sys
import time

from clarifai.client.search import Search
from clarifai.client.user import User

file, url = sys.argv[1:3]
user = User()
app_id = f"example-{int(time.time() * 1000)}"
# The SDK's default is "Empty", which cannot rank.
app = user.create_app(app_id, base_workflow="Universal")
app.create_dataset("examples")
inputs = app.inputs()

# It returns before the pictures are searchable.
inputs.upload_inputs(
    [
        inputs.get_input_from_file("from-file", image_file=file, dataset_id="examples"),
        inputs.get_input_from_url(
            "from-url",
            image_url=url,
            labels=["favourite"],
            geo_info=[-30.0, 40.0],  # longitude, latitude
        ),
    ]
)
while any(inputs.get_input(id).status.code in (30001, 30003) for id in ("from-file", "from-url")):
    time.sleep(0.1)


def show(title, **query):
    search = Search(user_id=user.id, app_id=app_id, top_k=10, metric="euclidean")
    hits = [hit for page in search.query(**query) for hit in page.hits]
    print(f"{title}: {', '.join(f'{hit.input.id} {hit.score:.3f}' for hit in hits)}")


show("like the URL", ranks=[{"image_url": url}])
show("#dog", ranks=[{"concepts": [{"name": "dog", "value": 1}]}])
show('"a dog on a beach"', ranks=[{"text_raw": "a dog on a beach"}])
show("labelled favourite", filters=[{"concepts": [{"name": "favourite", "value": 1}]}])
show(
    "near 40, -29",
    filters=[{"geo_point": {"longitude": -29.0, "latitude": 40.0, "geo_limit": 100}}],
)
show(
    "in the dataset, like the URL",
    ranks=[{"image_url": url}],
    filters=[{"input_dataset_ids": ["examples"]}],
)
user.delete_app(app_id)
