/**
 * Packages for Node.js that others publish and that ask AWS for nothing by themselves, or of which the readers know what they ask for: their
 * code is not looked into. From what they say they do, and from how often functions load them. The list spares reading: what is missing in it is
 * looked at, and found to ask for nothing.
 */
export const nodePackagesAsOf = "2026-11-28";

/** Scopes of npm under which packages for functions are published for everybody. */
export const publishedScopes: ReadonlySet<string> = new Set(
  `aws aws-sdk aws-crypto aws-lambda-powertools aws-amplify amzn smithy middy dazn types babel jest vitest eslint typescript-eslint swc esbuild
  rollup webassemblyjs vercel nestjs nrwl nx angular vue mui emotion tanstack hono fastify hapi koa trpc apollo graphql-tools
  graphql-typed-document-node opentelemetry sentry datadog newrelic lumigo honeycombio grpc protobufjs prisma neondatabase planetscale libsql
  supabase firebase google-cloud google googleapis azure microsoft octokit slack discordjs sendgrid mailchimp stripe paypal square shopify twilio
  auth0 okta clerk simplewebauthn noble scure sinclair standard-schema zod sindresorhus isaacs nodelib npmcli pkgjs jridgewell humanwhocodes
  puppeteer sparticuz playwright img jimp ffmpeg-installer redis ioredis elastic opensearch-project mongodb-js mikro-orm sequelize typeorm
  anthropic-ai langchain modelcontextprotocol huggingface pinecone-database asteasolutions codegenie serverless casl date-fns formatjs
  fullcalendar turf mapbox xmldom xstate lit open-draft kwsites colors dabh so-ric inversifyjs biomejs codegenie vendia`.split(/\s+/),
);

/** Their names. Families by how they begin: `lodash.get`, `d3-scale`. */
const names: ReadonlySet<string> = new Set(
  `abort-controller accepts ajv ajv-formats ajv-keywords archiver async async-retry aws-embedded-metrics aws-iot-device-sdk aws-jwt-verify
  aws-lambda aws-serverless-express aws-xray-sdk axios axios-retry base64-js bcrypt bcryptjs bcrypt-nodejs bignumber.js big.js bluebird body-parser
  bottleneck bson bull bunyan busboy camelcase camelcase-keys chalk change-case cheerio chrome-aws-lambda class-transformer class-validator
  cloneable-readable color colors commander compression connect cookie cookie-parser cookie-session core-js cors cron-parser cross-fetch
  cross-spawn crypto-js csv csv-parse csv-parser csv-stringify cuid date-fns date-fns-tz dayjs debug decimal.js deep-equal deepmerge
  dd-trace datadog-lambda-js dotenv dotenv-expand drizzle-orm ejs email-validator encoding envalid escape-html eventemitter3 eventsource exceljs
  execa express express-async-errors express-rate-limit express-session express-validator fast-csv fast-deep-equal fast-json-stringify
  fast-xml-parser fastify file-type firebase-admin flat follow-redirects form-data formidable fp-ts fs-extra geolib glob google-auth-library
  googleapis got graceful-fs graphql graphql-request graphql-tag gray-matter handlebars hashids he helmet highland hono html-to-text http-errors
  http-proxy-agent https-proxy-agent iconv-lite immer immutable inversify io-ts ioredis ip is-promise isomorphic-fetch jimp joi jose js-base64
  js-yaml jsdom json-schema-to-ts json2csv json5 jsonpath jsonpath-plus jsonschema jsonwebtoken jszip jwa jwk-to-pem jwks-rsa jws jwt-decode
  kafkajs keyv knex ksuid kuler lambda-api lambda-log launchdarkly-node-server-sdk libphonenumber-js lodash lodash-es log4js loglevel lru-cache
  luxon mailparser mariadb marked md5 memoizee merge method-override micromatch mime mime-types minimist mkdirp moment moment-timezone mongodb
  mongoose morgan ms multer mustache mysql mysql2 nanoid native-promise-only neverthrow newrelic nock node-abort-controller node-cache node-cron
  node-fetch node-forge node-jose nodemailer object-hash openai opossum otplib oidc-provider p-limit p-map p-queue p-retry papaparse passport
  passport-jwt passport-local path-to-regexp pdf-lib pdf-parse pdfkit pg pg-pool pg-promise pino pino-lambda pino-pretty pluralize postgres
  prom-client proxy-agent puppeteer puppeteer-core q qrcode qs query-string ramda raw-body react react-dom readable-stream redis
  reflect-metadata regenerator-runtime remeda request request-promise retry rimraf rxjs sanitize-html sax semver sequelize serialize-error
  serverless-http serverless-express sharp shortid slugify socks-proxy-agent source-map source-map-support split2 sqlstring ssh2
  ssh2-sftp-client stream-json stripe strip-bom superagent superjson tar tedious telegraf through through2 tmp ts-pattern tslib tsyringe
  twilio typedi typeorm typescript ua-parser-js ulid ulidx underscore undici unzipper url-join url-parse uuid validator vm2 web-push winston
  winston-transport ws xlsx xml xml2js xmlbuilder xmlbuilder2 xstate xregexp yaml yargs yauzl yazl yup zod zod-to-json-schema`.split(/\s+/),
);
const families = /^(lodash\.|d3-|aws-xray-sdk-|express-|passport-|is-|unified|remark-|rehype-|micromark|babel-|eslint)/;

/** Whether everybody knows the package with this name to ask AWS for nothing that is not known. @param name `axios`, `@middy/core` */
export function isKnownPackage(name: string): boolean {
  const scope = /^@([^/]+)\//.exec(name)?.[1];
  if (scope !== undefined) return publishedScopes.has(scope);
  return (
    names.has(name) || families.test(name) || /^aws-sdk(\/|$)/.test(name) || name === "aws4" || name === "aws4fetch" || name === "aws-crt"
  );
}
