import { createServer } from "node:http";
import { greeting } from "../core/greeting.js";

createServer((request, response) => response.end(greeting(request.url))).listen(process.env.PORT, "127.0.0.1");
