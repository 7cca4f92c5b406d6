// Before grpc-web is loaded: it looks for XMLHttpRequest when it is.
import XMLHttpRequest from "xhr2";

globalThis.XMLHttpRequest = XMLHttpRequest;
