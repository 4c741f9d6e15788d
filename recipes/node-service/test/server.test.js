import assert from "node:assert";
import test from "node:test";
import { answer } from "../server.js";

test("it is healthy", () => assert.equal(answer("/healthz"), "ok"));
test("it greets", () => assert.match(answer("/"), /^Hello/));
