"""The table of image sets: name -> who builds it, of which origins (origins.py), and the side of its pictures.

In the order of packing: of two copies of a file the first one stays. Evaluation sets come first. README.md says what each is.
"""
import random
from typing import Callable, NamedTuple

from prepare.sets import captioned, drawn, imagenet, photographs, products

WORDS = "seshuad/IMagenet@153dbc161a"
SAMPLES = "EliSchwartz/imagenet-sample-images@bc69043e28"
COCO_MINI = "Obmutescence/COCO-MINI@644f29e7c1"
COCO_VALIDATION = "ruizewang/evaluate@1152656d3b"
COCO_TRAINING = "hamance/Texygen@3b5b6bdad2"
FLICKR8K_TEXTS = "edwardcruzcruz/Describiendo_imagenes_keras@5c9a0ffed3"
FLICKR8K = ["RlNZLER/Image-Text-Matching@d6335246", FLICKR8K_TEXTS]
WITH_COCO_SAMPLES = [
    "milkv-duo/tpu-mlir@7fe05c0b5e",
    "sophgo/model-zoo@c7227c57a1",
    "mosjel/Tiny-COCO-Val-2017-CBIR-Test-Dataset@897c66de20",
    "airockchip/rknn_model_zoo@bad6c73345",
    "rockchip-linux/rknn-toolkit2@1f4415eafe",
    "codewithminer/ImageCaptioning@8f5b204be4",
    "ManaviAgrawal/VQA@1b3c07d6dc",
    "zhhugh/Violation-detection@0a3c0306a9",
    "Riretta/Colourisation_w_Capsules@6888f9d602",
    "PhilipdeRijk/KD@3587d1108d",
    COCO_MINI,  # has more photographs than its own captions name
]
WITH_IMAGENET_SAMPLES = [
    "Amlogic-NN/AML_NN_SDK@96f7846bbb",
    "airockchip/rknn_model_zoo@bad6c73345",
    "rockchip-linux/rknn-toolkit2@1f4415eafe",
]
FASHION = [
    "animmala3942/FashionProductRecommendationSystem@91e8036739",
    "PreetiNalawade/Product-Recommendations-Streamlit-App-@4a8ab8fefb",
    "GaneshNeupane01/Fashion-Recommendation-System@7cf263426a",
]


class ImageSet(NamedTuple):
    build: Callable  # (*opened origins) -> pictures
    origins: list[str]
    side: int = 128


SETS = {
    "eval-flickr8k": ImageSet(captioned.flickr8k_test, FLICKR8K),
    "eval-imagenet1000": ImageSet(imagenet.samples, [SAMPLES, WORDS]),
    "eval-coco-mini": ImageSet(captioned.coco_mini, [COCO_MINI]),
    "flickr8k": ImageSet(captioned.flickr8k, FLICKR8K),
    "tiny-imagenet": ImageSet(imagenet.tiny_imagenet, [WORDS], side=64),
    "imagenette": ImageSet(imagenet.imagenette, ["thunderInfy/imagenette@b850f030ff", WORDS]),
    "imagewoof": ImageSet(imagenet.imagewoof, ["thunderInfy/imagewoof@6338aeea09", WORDS]),
    "caltech101": ImageSet(photographs.caltech101, ["MachineLearning2020/Homework2-Caltech101@836044dd00"]),
    "intel-scenes": ImageSet(photographs.intel_scenes, ["ndb796/Scene-Classification-Dataset@e38f98b5d7"]),
    "sports22": ImageSet(photographs.sports22, ["jurjsorinliviu/Sports-Type-Classifier@44513762e9"]),
    "objects-sketch50": ImageSet(photographs.objects_sketch50, ["lqhl/Painting-Finder@aa59154ce5"]),
    "pacs": ImageSet(photographs.pacs, ["MachineLearning2020/Homework3-PACS@d586a6cf3d"]),
    "animals3": ImageSet(photographs.animals3, ["pavan555/DeepLearning4OpenCV@9e200d70bf"]),
    "flowers102": ImageSet(photographs.flowers102, ["kibru9399/Image-classifier@c4503f1429"]),
    "grocery": ImageSet(products.grocery, ["marcusklasson/GroceryStoreDataset@fc80ba90f8"]),
    "mini-imagenet": ImageSet(imagenet.mini_imagenet, ["Deo0330/split_minidataset@557ebcae0d", WORDS], side=96),
    "clothing-small": ImageSet(products.clothing_small, ["alexeygrigorev/clothing-dataset-small@1196151651"]),
    "clothing-full": ImageSet(products.clothing_full, ["alexeygrigorev/clothing-dataset@7ed86a9cc5"]),
    "fashion-products": ImageSet(products.fashion_products, FASHION),
    "trashnet": ImageSet(products.trashnet, ["congduytran12/Trash-Classification-@00212f2c18"]),
    "houses": ImageSet(photographs.houses, ["emanhamed/Houses-dataset@5e14821950"]),
    "scene15": ImageSet(photographs.scene15, ["jaaumeadrover/Landscape-Image-Classification@7985b6b6e5"]),
    "rsscn7-aerial": ImageSet(photographs.rsscn7_aerial, ["palewithout/RSSCN7@6d77849df8"]),
    "pizza-icecream": ImageSet(products.pizza_icecream, ["ATG-5222/ImageClassification@96af562fce"]),
    "silhouettes": ImageSet(photographs.silhouettes, ["rgeirhos/texture-vs-shape@ccd0c01d42"]),
    "receipts": ImageSet(products.receipts, ["zzzDavid/ICDAR-2019-SROIE@27be4271b2"]),
    "clothing-ccp": ImageSet(products.clothing_ccp, ["bearpaw/clothing-co-parsing@fe34fb7772"]),
    "monkeys10": ImageSet(photographs.monkeys10, ["nikhildutta333/Monkey-Species-Classification@cb62130b18"]),
    "fruits-vegetables": ImageSet(products.fruits_vegetables, ["abhinav9444/Fruits-Vegetables-Image-Dataset@d9ae10ddbb"]),
    "emoji-twemoji": ImageSet(drawn.emoji, ["rendered:emoji-twemoji"]),
    "emoji-openmoji": ImageSet(drawn.emoji, ["rendered:emoji-openmoji"]),
    "emoji-noto": ImageSet(drawn.emoji, ["rendered:emoji-noto"]),
    "emoji-fluent": ImageSet(drawn.emoji, ["rendered:emoji-fluent"]),
    "emoji-other": ImageSet(drawn.emoji_of_words, ["rendered:emoji-other", WORDS]),
    "icons-game": ImageSet(drawn.icons, ["rendered:icons-game"]),
    "flags": ImageSet(drawn.flags, ["rendered:flags"]),
    "logos": ImageSet(drawn.logos, ["rendered:logos"]),
    "nlvr-shapes": ImageSet(captioned.nlvr_shapes, ["lil-lab/nlvr@18924841aa"], side=96),
    "ilsvrc-val1300": ImageSet(imagenet.validation_1300, ["VeriSilicon/acuity-dataset@aded2e9f22", WORDS]),
    "cub100-birds": ImageSet(photographs.cub100_birds, ["serizba/vision@16a8a47ea8"]),
    "nips2017-imagenet": ImageSet(imagenet.nips2017, ["ZhengyuZhao/PerC-Adversarial@785d041a1a", SAMPLES, WORDS]),
    "foodish": ImageSet(products.foodish, ["surhud004/Foodish@951b9cc758"]),
    "based-cooking": ImageSet(products.based_cooking, ["LukeSmithxyz/based.cooking@2d8642ec41"]),
    "tuxpaint-stamps": ImageSet(drawn.tuxpaint_stamps, ["rendered:tuxpaint-svg", "debian:tuxpaint-stamps-default"]),
    "natural-images": ImageSet(photographs.natural_images, ["Keunyoung-Jung/my_first_DL@23968250ae"], side=64),
    "coco-bits": ImageSet(
        captioned.coco_bits, [COCO_VALIDATION, COCO_TRAINING, COCO_MINI, "photos:", *WITH_COCO_SAMPLES]
    ),
    "ilsvrc-val-bits": ImageSet(
        imagenet.validation_bits, ["baunilhamarga/imagenet-subset@0182999e56", WORDS, *WITH_IMAGENET_SAMPLES]
    ),
    "raccoon-kangaroo": ImageSet(
        photographs.raccoon_kangaroo, ["datitran/raccoon_dataset@9393884930", "experiencor/kangaroo@882bbbd75b"]
    ),
    "dreambooth": ImageSet(photographs.dreambooth, ["google/dreambooth@4f887af797"]),
    "openclipart": ImageSet(drawn.openclipart, ["debian:openclipart-png", "debian:openclipart-svg", WORDS]),
}
EVALUATION = ["eval-flickr8k", "eval-imagenet1000", "eval-coco-mini"]


def pictures_of(name, origins):
    """-> the pictures of a set, in a fixed random order."""
    pictures = list(SETS[name].build(*[origins.open(origin) for origin in SETS[name].origins]))
    random.Random(7).shuffle(pictures)
    return pictures
