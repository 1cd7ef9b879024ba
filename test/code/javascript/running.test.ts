import { describe, expect, test } from "vitest";
import { type CodeFile, readCode } from "../../../shared/code/javascript/read-code.ts";
import { operations } from "./reading.ts";

/** Three ways of asking a queue, of which programs use some. */
const sends = (name: string, command: string) => `${name} = (QueueUrl) => sqs.send(new c.${command}Command({ QueueUrl }))`;
const queue = `const c = require("@aws-sdk/client-sqs"); const sqs = new c.SQSClient({});`;
const shared: CodeFile = {
  path: "lib/queue.js",
  text: `${queue} ${sends("exports.tell", "SendMessage")}; ${sends("exports.drop", "DeleteMessage")}; ${sends("exports.empty", "PurgeQueue")};`,
};

function asked(handlerText: string, others: readonly CodeFile[] = [shared], handler: string | null = "app.main"): readonly string[] {
  const summary = readCode([{ path: "app.js", text: handlerText }, ...others], handler === null ? {} : { handler });
  return operations(summary).map((operation) => operation.replace("sqs.", ""));
}

describe("of what files share counts what the handler can come to", () => {
  test("by names of what a file gives", () => {
    expect(asked(`const q = require("./lib/queue"); exports.main = (e) => q.tell(e.to);`)).toEqual(["SendMessage"]);
    expect(asked(`const { drop: gone, empty } = require("./lib/queue"); exports.main = (e) => gone(e.to);`)).toEqual(["DeleteMessage"]);
    expect(asked(`import { tell, drop } from "./lib/queue"; const after = (e) => drop(e); export const main = (e) => tell(e);`)).toEqual([
      "SendMessage",
    ]);
  });

  test("through functions, lists and barrels", () => {
    const barrel = { path: "lib/index.js", text: `export { drop as release } from "./queue"; export * from "./queue";` };
    expect(
      asked(`import { release } from "./lib/index"; export const main = (e) => [release].map((go) => go(e));`, [shared, barrel]),
    ).toEqual(["DeleteMessage"]);
    const inside = {
      path: "lib/steps.js",
      text: `const q = require("./queue"); module.exports = { close, open: (e) => q.tell(e) }; function close(e) { return q.empty(e); }`,
    };
    expect(asked(`const steps = require("./lib/steps"); exports.main = async (e) => { await steps.close(e); };`, [shared, inside])).toEqual(
      ["PurgeQueue"],
    );
  });

  test("under any of several names for the same", () => {
    const file = (text: string) => [{ path: "q.js", text: `${queue} ${text}` }];
    const fn = "async (QueueUrl) => sqs.send(new c.SendMessageCommand({ QueueUrl }))";
    const peek = "sqs.send(new c.ListQueuesCommand({}));";
    expect(asked(`${queue} const tell = exports.tell = ${fn}; exports.main = (e) => { ${peek} return tell(e); };`, [])).toContain(
      "SendMessage",
    );
    for (const text of [
      `let tell; exports.tell = tell = ${fn};`,
      `const tell = exports.told = it.tell = ${fn};`,
      `module.exports = exports = { tell: ${fn} };`,
      `const all = (module.exports = { tell: ${fn} });`,
      `let Q = Q_1 = class Q { constructor() { this.name = Q_1.name; } tell = ${fn} }; exports.Q = Q; exports.tell = (e) => new Q().tell(e); Q = Q_1 = __decorate([known()], Q);`,
    ])
      expect(asked(`const q = require("./q"); ${queue} exports.main = (e) => { ${peek} return q.tell(e); };`, file(text))).toContain(
        "SendMessage",
      );
    const taken = { path: "q.mjs", text: `${queue} class Q { tell = ${fn} } export const { tell: told } = new Q();` };
    expect(asked(`import { told } from "./q.mjs"; ${queue} export const main = (e) => { ${peek} return told(e); };`, [taken])).toContain(
      "SendMessage",
    );
  });

  test("of several handlers in one file, that of the function", () => {
    const both = `const q = require("./lib/queue"); exports.main = (e) => q.tell(e); exports.nightly = (e) => q.empty(e);`;
    expect(asked(both)).toEqual(["SendMessage"]);
    expect(asked(both, [shared], "app.nightly")).toEqual(["PurgeQueue"]);
    expect(asked(both, [shared], null)).toEqual(["PurgeQueue", "SendMessage"]);
  });

  test("everything where it is used as a whole, or by names told at run time", () => {
    const all = ["DeleteMessage", "PurgeQueue", "SendMessage"];
    expect(asked(`const q = require("./lib/queue"); const jobs = { ...q }; exports.main = (e) => jobs[e.job](e.to);`)).toEqual(all);
    expect(asked(`import * as q from "./lib/queue"; export const main = (e) => q[e.job](e.to);`)).toEqual(all);
    expect(asked(`import * as q from "./lib/queue"; export const main = (e) => { const go = q[e.job]; return go(e.to); };`)).toEqual(all);
    expect(asked(`import * as q from "./lib/queue"; export const main = (e) => Object.values(q).map((go) => go(e.to));`)).toEqual(all);
  });

  test("everything where what is loaded is used as a whole, in whatever form, and through files that hand it on", () => {
    const peek = "sqs.send(new c.ListQueuesCommand({}));";
    const barrels = [
      { path: "star.mjs", text: `export * from "./lib/queue";` },
      { path: "same.js", text: `module.exports = require("./lib/queue");` },
      { path: "spread.js", text: `module.exports = { ...require("./lib/queue") };` },
      { path: "compiled.js", text: `tslib_1.__exportStar(require("./lib/queue"), exports);` },
    ];
    for (const from of ["./lib/queue", "./same", "./spread", "./compiled", "./star.mjs"])
      for (const text of [
        `const q = require("${from}"); exports.main = (e) => { const go = q[e.job]; ${peek} return go(e.to); };`,
        `const all = Object.values(require("${from}")); exports.main = (e) => { ${peek} return all.map((go) => go(e.to)); };`,
        `exports.main = (e) => { const go = require("${from}")[e.job]; ${peek} return go(e.to); };`,
        `exports.main = (e) => { const { [e.job]: go } = require("${from}"); ${peek} return go(e.to); };`,
        `exports.main = async (e) => { const q = await import("${from}"); const go = q[e.job]; ${peek} return go(e.to); };`,
        `const by = { q: require("${from}") }; exports.main = (e) => { const go = by[e.of][e.job]; ${peek} return go(e.to); };`,
      ])
        expect(asked(`${queue} ${text}`, [shared, ...barrels]), text).toEqual(["DeleteMessage", "ListQueues", "PurgeQueue", "SendMessage"]);
    for (const from of ["./lib/queue", "./same", "./compiled", "./star.mjs"])
      expect(asked(`const q = __importStar(require("${from}")); exports.main = (e) => q.tell(e);`, [shared, ...barrels])).toEqual([
        "SendMessage",
      ]);
  });

  test("everything where it cannot be told what the function is, or nothing would be asked", () => {
    expect(asked(`const q = require("./lib/queue"); module.exports = wrapped(q.tell);`)).toHaveLength(3);
    expect(asked(`const q = require("./lib/queue"); exports.main = () => 1; exports.other = (e) => q.tell(e);`)).toHaveLength(3);
    expect(asked(`const q = require("./lib/queue"); exports.main = (e) => require("./" + e.part).go(q.tell);`)).toHaveLength(3);
  });
});

describe("of a class counts what somebody names", () => {
  const methods = `${sends("tell", "SendMessage")}; drop(QueueUrl) { return sqs.send(new c.DeleteMessageCommand({ QueueUrl })); } static ${sends("empty", "PurgeQueue")};`;
  const program = (main: string, head = "class Queue") =>
    asked(`${queue} ${head} { ${methods} } exports.main = async (e) => { ${main} };`, []);

  test("methods, functions that it holds, and what belongs to the class", () => {
    expect(program("new Queue().tell(e);")).toEqual(["SendMessage"]);
    expect(program("const { drop } = new Queue(); drop(e);")).toEqual(["DeleteMessage"]);
    expect(program("Queue.empty(e); await new Queue()['drop'](e);")).toEqual(["DeleteMessage", "PurgeQueue"]);
  });

  test("nothing of a class that nobody names", () => {
    const two = `${queue} class Queue { ${methods} } class Other { constructor() { sqs.send(new c.ReceiveMessageCommand({})); } tell() { sqs.send(new c.ListQueuesCommand({})); } }`;
    expect(asked(`${two} exports.main = (e) => new Queue().tell(e);`, [])).toEqual(["SendMessage"]);
  });

  test("all of what others may call: those that it extends, those that get it, and those that read its decorators", () => {
    expect(program("require('pipes').run(new Queue());")).toHaveLength(3);
    expect(program("const q = new Queue(); const all = require('pipes')(); all.use(q);")).toHaveLength(3);
    expect(program("new Queue();", "class Queue extends require('streams').Sink")).toHaveLength(3);
    expect(program("new Queue()[e.how](e.to);")).toHaveLength(3);
    const text = `${queue} class Queue { @Get() ${methods} } export const main = (e) => new Queue();`;
    expect(asked(text, [])).toHaveLength(3);
  });

  test("all of what a key is taken from that is told at run time, and what that extends or is extended by", () => {
    const peek = "sqs.send(new c.ListQueuesCommand({}));";
    const all = ["DeleteMessage", "ListQueues", "PurgeQueue", "SendMessage"];
    expect(program(`const q = new Queue(); const go = q["on" + e.what]; ${peek} go.call(q, e);`)).toEqual(all);
    expect(program(`const q = new Queue(); ${peek} return q[e.what].bind(q);`)).toEqual(all);
    expect(program(`const inner = (what = "drop") => new Queue()[what](e); ${peek} inner(e.what);`)).toEqual(all);
    const parent = "class Job { run(e) { const go = this[e.what]; return go.call(this, e); } } class Queue extends Job";
    expect(program(`${peek} new Queue().run(e);`, parent)).toEqual(all);
    const self = "class Job { run(e) { const self = this; const go = self[e.what]; return go.call(this, e); } } class Queue extends Job";
    expect(program(`${peek} new Queue().run(e);`, self)).toEqual(all);
  });

  test("methods whose names begin like one that is put together, of whatever", () => {
    const peek = "sqs.send(new c.ListQueuesCommand({}));";
    for (const name of ['"te" + e.how', `\`te\${e.how}\``, '"te" + e.how + "l"'])
      expect(
        program(`const kept = require("kept"); kept.keep(() => new Queue()); const q = kept.find(e); ${peek} return q[${name}](e);`),
      ).toEqual(["ListQueues", "SendMessage"]);
  });

  test("all of what packages get in other ways", () => {
    const all = ["DeleteMessage", "PurgeQueue", "SendMessage"];
    expect(
      program("const { Engine } = require('rules'); const rules = new Engine(); rules.add(new Queue()); return rules.run(e);"),
    ).toEqual(all);
    expect(program("const known = new Set(); known.add(new Queue()); return new Queue().tell(e);")).toEqual(["SendMessage"]);
    expect(program("return require('rules').run(Queue, e);")).toEqual(all);
    expect(program("const q = new Queue(); return Reflect.get(q, e.how).call(q);")).toEqual(all);
  });

  test("methods that frameworks call on classes with decorators, as compilers write these", () => {
    const service = (method: string) =>
      `${queue} let S = class S { async ${method}() { return sqs.send(new c.SendMessageCommand({})); } never() { return sqs.send(new c.PurgeQueueCommand({})); } }; exports.S = S; exports.S = S = __decorate([known()], S); exports.main = () => { sqs.send(new c.ListQueuesCommand({})); return exports.S; };`;
    for (const method of ["onModuleInit", "execute", "canActivate"])
      expect(asked(service(method), [])).toEqual(["ListQueues", "SendMessage"]);
    expect(asked(service("other"), [])).toEqual(["ListQueues"]);
  });

  test("methods that a parent calls", () => {
    const parent = "class Job { run(e) { return this.drop(e); } } class Queue extends Job";
    expect(program("new Queue().run(e);", parent)).toEqual(["DeleteMessage"]);
    expect(program("new Queue().run(e);", "class Queue extends Error")).toHaveLength(3);
  });

  test("as compilers write decorators: the class counts when it is named, and then what they stand before", () => {
    const compiled = `${queue} var Queue = class { ${methods} }; __decorate([log("a")], Queue.prototype, "drop", 1); Queue = __decorate([known()], Queue);`;
    expect(asked(`${compiled} exports.main = (e) => new Queue();`, [])).toEqual(["DeleteMessage"]);
    expect(asked(`${compiled} exports.main = (e) => sqs.send(new c.ListQueuesCommand({}));`, [])).toEqual(["ListQueues"]);
  });
});

describe("of an object with a name counts what somebody names", () => {
  const object = `{ tell: (QueueUrl) => sqs.send(new c.SendMessageCommand({ QueueUrl })), async drop(QueueUrl) { return sqs.send(new c.DeleteMessageCommand({ QueueUrl })); } }`;

  test("where it is used, and in another file", () => {
    expect(asked(`${queue} const q = ${object}; exports.main = (e) => q.drop(e);`, [])).toEqual(["DeleteMessage"]);
    for (const text of [`export default ${object};`, `const q = ${object}; export default q;`, `const q = ${object}; module.exports = q;`])
      expect(asked(`import q from "./q"; export const main = (e) => q.tell(e);`, [{ path: "q.js", text: queue + text }])).toContain(
        "SendMessage",
      );
    const named = { path: "q.js", text: `${queue} export const q = ${object};` };
    expect(asked(`import { q } from "./q"; export const main = (e) => q.tell(e);`, [named])).toEqual(["SendMessage"]);
    const whole = { path: "q.js", text: `${queue} const q = ${object}; export default q;` };
    expect(asked(`import q from "./q"; export const main = (e) => q.tell(e);`, [whole])).toEqual(["SendMessage"]);
  });

  test("in a block", () => {
    for (const [text, expected] of [
      ["const go = q[e.how]; await go(e);", ["DeleteMessage", "ListQueues", "SendMessage"]],
      ["await all(q);", ["DeleteMessage", "ListQueues", "SendMessage"]],
      ["await q.drop(e);", ["DeleteMessage", "ListQueues"]],
    ] as const)
      expect(
        asked(
          `${queue} exports.main = async (es) => { sqs.send(new c.ListQueuesCommand({})); for (const e of es) { const q = ${object}; ${text} } };`,
          [],
        ),
      ).toEqual(expected);
  });

  test("by functions of what it takes others from", () => {
    const base = `const base = { run(e) { return this.drop(e); } };`;
    for (const others of ["...base,", "__proto__: base,"])
      expect(
        asked(
          `${queue} ${base} const q = ${object.replace("{", `{ ${others}`)}; exports.main = (e) => { sqs.send(new c.ListQueuesCommand({})); return q.run(e); };`,
          [],
        ),
      ).toEqual(["DeleteMessage", "ListQueues"]);
  });

  test("of what the file itself gives, and of what others give together", () => {
    const peek = "sqs.send(new c.ListQueuesCommand({}));";
    expect(
      asked(
        `${queue} ${sends("exports.tell", "SendMessage")}; exports.main = (e) => { const go = module.exports[e.how]; ${peek} return go(e); };`,
        [],
      ),
    ).toEqual(["ListQueues", "SendMessage"]);
    const barrel = { path: "all.mjs", text: `export * as first from "./first.mjs";` };
    const first = {
      path: "first.mjs",
      text: `${queue} export const tell = (QueueUrl) => sqs.send(new c.SendMessageCommand({ QueueUrl }));`,
    };
    expect(
      asked(
        `${queue} import * as all from "./all.mjs"; export const main = (e) => { const of = all[e.of]; const go = of[e.how]; ${peek} return go(e); };`,
        [barrel, first],
      ),
    ).toEqual(["ListQueues", "SendMessage"]);
  });

  test("under another name", () => {
    const aliased = `${queue} var a = ${object}; var b = a; exports.main = (e) => `;
    expect(asked(`${aliased}b.drop(e);`, [])).toEqual(["DeleteMessage"]);
    expect(asked(`${aliased}b[e.how](e);`, [])).toEqual(["DeleteMessage", "SendMessage"]);
  });

  test("whatever others have that is called the same", () => {
    const same = `const names = new Map(); exports.main = (e) => { names.drop = 1; names.drop(); for (const q of e.all) q.tell(); return q.tell(e); };`;
    expect(asked(`${queue} const q = ${object}; ${same.replace("names.drop()", "names.drop(1)")}`, [])).toEqual(["SendMessage"]);
  });

  test("wherever it stands and however it is reached", () => {
    const within = (text: string) => asked(`${queue} ${text}`, []);
    expect(within(`let q; const init = () => { q = ${object}; }; exports.main = (e) => { init(); return q.drop(e); };`)).toContain(
      "DeleteMessage",
    );
    expect(within(`exports.main = (e) => { if (e) { const q = ${object}; const p = q; return p.drop(e); } };`)).toEqual(["DeleteMessage"]);
    expect(
      within(`const q = { all(e) { return [e].map((one) => this.drop(one)); }, ${object.slice(1)}; exports.main = (e) => q.all(e);`),
    ).toEqual(["DeleteMessage"]);
    const other = { path: "q.js", text: `${queue} export const q = ${object};` };
    for (const use of [
      `import * as all from "./q"; export const main = (e) => all.q.drop(e);`,
      `const { q } = require("./q"); exports.main = (e) => q.drop(e);`,
    ])
      expect(asked(use, [other])).toContain("DeleteMessage");
    const passed = `const made = () => { const q = ${object}; return q; }; exports.main = (e) => made().drop(e);`;
    expect(within(passed)).toContain("DeleteMessage");
    expect(
      within(
        `class Use { constructor() { this.q = q; } go(e) { return this.q.drop(e); } } const q = ${object}; exports.main = (e) => new Use().go(e);`,
      ),
    ).toContain("DeleteMessage");
  });

  test("all of it where it is handed on, or its members are told at run time", () => {
    for (const use of ["q[e.how](e)", "require('pipes').run(q)", "({ ...q })[e.how](e)", "{ const p = q; return p[e.how](e); }"])
      expect(asked(`${queue} const q = ${object}; exports.main = (e) => ${use};`, [])).toEqual(["DeleteMessage", "SendMessage"]);
    const named = { path: "q.js", text: `${queue} export const q = ${object};` };
    expect(asked(`import { q } from "./q"; export const main = (e) => Object.values(q).map((f) => f(e));`, [named])).toHaveLength(2);
  });
});

describe("inside a bundle", () => {
  test("what a module gives counts by its names", () => {
    const bundle = `var wrap = (f) => () => { var m = { exports: {} }; f(m.exports, m); return m.exports; };
      var require_queue = wrap((e, m) => { ${queue} ${sends("e.tell", "SendMessage")}; ${sends("m.exports.drop", "DeleteMessage")}; });
      var q = require_queue(); exports.main = (x) => q.tell(x);`;
    expect(asked(bundle, [])).toEqual(["SendMessage"]);
    expect(asked(bundle.replace("q.tell(x)", "({ ...q })[x.job](x)"), [])).toEqual(["DeleteMessage", "SendMessage"]);
  });

  test("everything that a module gives which is handed on as a whole, where nobody says which function it is", () => {
    const whole = `var wrap = (f) => () => { var m = { exports: {} }; f(m.exports, m); return m.exports; };
      var require_app = wrap((e, m) => { ${queue} ${sends("m.exports.main", "SendMessage")}; ${sends("m.exports.nightly", "PurgeQueue")}; });
      export default require_app();`;
    expect(asked(whole, [], null)).toEqual(["PurgeQueue", "SendMessage"]);
    expect(asked(whole, [])).toEqual(["SendMessage"]);
  });

  test("everything that a list of a bundler names, or the module itself is asked for, by a key that is told at run time", () => {
    const peek = "sqs.send(new c.ListQueuesCommand({}));";
    const object = "{ get: (QueueUrl) => sqs.send(new c.SendMessageCommand({ QueueUrl })) }";
    const listed = `${queue} var all = {}; __export(all, { q: () => q }); var q = ${object}; var outer = {}; __export(outer, { all: () => all });`;
    for (const text of ["return all[e.of].get(e);", "const of = outer[e.at]; const it = of[e.of]; return it.get(e);"])
      expect(asked(`${listed} exports.main = (e) => { ${peek} ${text} };`, [])).toEqual(["ListQueues", "SendMessage"]);
    const itself = `var wrap = (f) => () => { var m = { exports: {} }; f(m.exports, m); return m.exports; };
      var require_app = wrap((e) => { ${queue} ${sends("e.tell", "SendMessage")}; e.main = (x) => { const go = e[x.how]; ${peek} return go(x); }; }); export default require_app();`;
    expect(asked(itself, [])).toEqual(["ListQueues", "SendMessage"]);
  });

  test("files that webpack loads by number are no files of which nothing is told", () => {
    const chunk = {
      path: "7.app.js",
      text: `exports.ids = [7]; exports.modules = { 7(e, t) { ${queue} ${sends("t.late", "PurgeQueue")}; ${sends("t.never", "ListQueues")}; } };`,
    };
    const text = `var e = { 3(e, t, r) { ${queue} ${sends("t.tell", "SendMessage")}; ${sends("t.drop", "DeleteMessage")}; } }; const t = {};
      function r(i) { const m = t[i] = { exports: {} }; return e[i].call(m.exports, m, m.exports, r), m.exports; }
      r.f = {}; r.f.require = (i) => { Object.assign(e, require("./" + r.u(i)).modules); }; const q = r(3);
      exports.main = async (x) => { await q.tell(x); const { late } = await r.e(7).then(r.bind(r, 7)); return late(x); };`;
    expect(asked(text, [chunk])).toEqual(["PurgeQueue", "SendMessage"]);
  });

  test("a handler in a module of the bundler's table is found", () => {
    const text = `(() => { var e = { 3(e, t, r) { ${queue} ${sends("t.tell", "SendMessage")}; ${sends("t.drop", "DeleteMessage")}; },
        4(e, t, r) { const q = r(3); e.exports.main = (x) => q.drop(x); } }; const t = {};
      function r(i) { const m = t[i] = { exports: {} }; return e[i].call(m.exports, m, m.exports, r), m.exports; }
      let s = r(4); module.exports = s; })();`;
    expect(asked(text, [])).toEqual(["DeleteMessage"]);
  });

  test("everything that a module gives which a bundler hands on by a name, once its table of modules was looked into", () => {
    const handed = `(() => { var e = { 7(e, t, n) { ${queue} ${sends("e.exports.main", "SendMessage")}; ${sends("e.exports.nightly", "PurgeQueue")}; } }, t = {};
      function n(s) { var r = t[s]; if (void 0 !== r) return r.exports; var i = t[s] = { exports: {} }; return e[s](i, i.exports, n), i.exports; }
      let s = n(7); module.exports = s; })();`;
    expect(asked(handed, [], null)).toEqual(["PurgeQueue", "SendMessage"]);
  });

  test("of handlers that a bundler lists, that of the function", () => {
    const listed = `${queue} var all = {}; list(all, { main: () => a, nightly: () => b }); module.exports = common(all);
      ${sends("var a", "SendMessage")}; ${sends("var b", "PurgeQueue")};`;
    expect(asked(listed, [])).toEqual(["SendMessage"]);
    expect(asked(listed, [], "app.nightly")).toEqual(["PurgeQueue"]);
  });

  test("what a compiler passes on by getters counts when its name is said", () => {
    const passed = `Object.defineProperty(exports, "go", { enumerable: true, get: function () { return queue_1.tell; } });
      Object.defineProperty(exports, "drop", { enumerable: true, get: function () { return queue_1.drop; } }); const queue_1 = require("./queue");`;
    expect(
      asked(`const { go } = require("./lib/index"); exports.main = (e) => go(e);`, [shared, { path: "lib/index.js", text: passed }]),
    ).toEqual(["SendMessage"]);
  });
});
