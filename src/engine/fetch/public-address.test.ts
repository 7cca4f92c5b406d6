import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address.ts";

test.each([
  ["unspecified", "0.0.0.0"],
  ["this network", "0.1.2.3"],
  ["loopback", "127.0.0.1"],
  ["loopback", "127.255.255.254"],
  ["private", "10.0.0.1"],
  ["private", "172.16.0.1"],
  ["private", "172.31.255.255"],
  ["private", "192.168.1.1"],
  ["carrier-grade NAT", "100.64.0.1"],
  ["metadata of Alibaba", "100.100.100.200"],
  ["link-local, metadata of AWS, Google and Azure", "169.254.169.254"],
  ["host of Azure", "168.63.129.16"],
  ["metadata of Oracle", "192.0.0.192"],
  ["documentation", "192.0.2.1"],
  ["benchmarks", "198.19.0.1"],
  ["multicast", "224.0.0.1"],
  ["reserved", "240.0.0.1"],
  ["broadcast", "255.255.255.255"],
  ["unspecified", "::"],
  ["loopback", "::1"],
  ["IPv4-compatible", "::7f00:1"],
  ["IPv4-compatible", "::8.8.8.8"],
  ["IPv4-mapped", "::ffff:127.0.0.1"],
  ["IPv4-mapped", "::ffff:8.8.8.8"],
  ["IPv4-translated", "::ffff:0:10.0.0.1"],
  ["NAT64", "64:ff9b::a00:1"],
  ["NAT64 of one network", "64:ff9b:1::a00:1"],
  ["6to4", "2002:7f00:1::"],
  ["Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
  ["unique local, metadata of AWS", "fd00:ec2::254"],
  ["link-local", "fe80::1"],
  ["link-local with zone", "fe80::1%eth0"],
  ["site-local", "fec0::1"],
  ["multicast", "ff02::1"],
  ["discard", "100::1"],
  ["documentation", "2001:db8::1"],
  ["unassigned", "4000::1"],
  ["no address", "localhost"],
  ["empty", ""],
])("refuses %s: %s", (_kind, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  "8.8.8.8",
  "1.1.1.1",
  "172.15.255.255",
  "172.32.0.1",
  "100.63.255.255",
  "168.63.129.17",
])("takes the public %s", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each(["2606:4700:4700::1111", "2a00:1450:4001::200e"])("takes the public %s", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});
