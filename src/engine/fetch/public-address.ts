// Which addresses an image URL may lead to: those of the public internet. Anything else is somebody's own
// machine or network, which a URL from outside must not reach through us (SSRF).
import ipaddr from "ipaddr.js";

/** All that is assigned to the public internet so far; whatever embeds an IPv4 address lies outside or in a range
 *  that has a name. https://www.iana.org/assignments/ipv6-address-space */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** Public by its number, but answers each virtual machine of Azure with facts about itself. */
const AZURE_HOST = "168.63.129.16";

/** `address`: IPv4 or IPv6 as the system's resolver writes them. Anything that is no address is not public. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  if (parsed instanceof ipaddr.IPv6) return parsed.match(GLOBAL_IPV6);
  return parsed.toString() !== AZURE_HOST;
}
