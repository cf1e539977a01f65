import type { Command } from './command.ts';

/** Every command by name, one file each; `help` is printed from this table. */
export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    verify: {
      usage: [
        'verify DIR [DIR ...] [--key FILE] [--allowed-signers FILE] [--previous DIR] [--checkpoint FILE ...] [--receipt FILE] [--station-card FILE] [--timestamp FILE] [--tsa-ca FILE] [--json] [--html FILE]',
      ],
      summary: {
        zh: '核验封存包，逐条列出通过、不通过、没有提供；离线，只读。',
        en: 'Check a bundle, claim by claim; offline, read-only.',
      },
      load: () => import('./verify.ts'),
    },
    open: {
      usage: ['open DIR [DIR ...] --key FILE --out DIR [--candidate NUMBER]'],
      summary: {
        zh: '用私钥打开封存包（或其中一名考生），解密到新目录，附可浏览的网页。',
        en: "Decrypt a bundle, or one candidate's part, into a new directory, with a page to browse it.",
      },
      load: () => import('./open.ts'),
    },
    tickets: {
      usage: ['tickets PLAN --key KEYFILE --out FILE.pdf [--photos DIR|ZIP] [--ticket NUMBER ...] [--whole-number]'],
      summary: {
        zh: '鉴定中心签发准考证：读计划包或 Excel 计划，印成带签名二维码的 PDF。',
        en: "Issue signed admission tickets as a PDF, from a plan package or workbook, with the centre's key.",
      },
      load: () => import('./tickets.ts'),
    },
    draw: {
      usage: ['draw verify FILE [--json]'],
      summary: {
        zh: '重算一次考评员抽签：承诺、份额、抽签结果、每条规则。',
        en: 'Repeat a draw of panels: commitment, shares, result, every rule.',
      },
      load: () => import('./draw.ts'),
    },
    rules: {
      usage: ['rules evaluate FACTS.json [--pack ID] [--packs DIR]'],
      summary: {
        zh: '按规则包核对一个考评小组是否合规，列出每条违规（JSON）。',
        en: 'Judge a panel by a rule pack and list every violation, as JSON.',
      },
      load: () => import('./rules.ts'),
    },
    events: {
      usage: ['events'],
      summary: { zh: '列出日志里会有的每种事件。', en: 'List every kind of event the journal can hold.' },
      load: () => import('./events.ts'),
    },
    rehearse: {
      usage: ['rehearse [--out DIR] [--lang zh|en] [--progress] [--kills N [--seed S]] [--no-browser] [--no-faces]'],
      summary: {
        zh: '考前演练：用样本计划走完一整个考试日，逐步说明经过。',
        en: 'Rehearse a whole exam day on the sample plan, step by step.',
      },
      load: () => import('./rehearse.ts'),
    },
    serve: {
      usage: ['serve --data DIR --port N [--rehearsal] [--stop-with-stdin]'],
      summary: {
        zh: '只启动工作站，在本机浏览器里使用。',
        en: 'Run the station alone, for a browser on this machine.',
      },
      load: () => import('./serve.ts'),
    },
    'centre-live': {
      usage: [
        'centre-live --stations FILE|--any-station [--port N] [--host IP] [--name NAME] [--key FILE] [--media-ip IP] [--announce IP] [--media-ports MIN-MAX]',
      ],
      summary: {
        zh: '参考鉴定中心的视频联网部分：浏览器里的考场画面墙，需要 mediasoup。',
        en: 'The live part of the reference centre: a wall of rooms in a browser; needs mediasoup.',
      },
      load: () => import('./centre-live.ts'),
    },
    centre: {
      usage: [
        'centre serve --data DIR --key KEYFILE [--identity FILE ...] [--name NAME] [--host H] [--port N] [--database URL] [--bucket URL] [--region R]',
        'centre enrol CARD.json --data DIR --key KEYFILE',
        'centre expect --station ID SESSION ... --data DIR --key KEYFILE',
        'centre receive BUNDLE --out DIR --data DIR --key KEYFILE [--identity FILE ...]',
      ],
      summary: {
        zh: '参考鉴定中心：收封存包，核验，签回执，见证检查点。',
        en: 'The reference centre: receives bundles, verifies, signs receipts, witnesses checkpoints.',
      },
      load: () => import('./centre.ts'),
    },
    keys: {
      usage: [
        'keys list STATION [--minisign] --data DIR --key KEYFILE',
        'keys card STATION --out DIR --data DIR --key KEYFILE',
        'keys rotate ROTATION.json --data DIR --key KEYFILE',
        'keys revoke STATION --why TEXT --by NAME --second NAME [--size N] --data DIR --key KEYFILE',
        'keys replace CARD.json --lost passphrase|machine --by NAME --second NAME --out DIR --data DIR --key KEYFILE',
        'keys recipient [--next AGE1... | --rotate] [--by NAME --second NAME] --data DIR --key KEYFILE',
      ],
      summary: {
        zh: '鉴定中心管理密钥：考点名片、轮换、吊销、接替，中心接收公钥的现用与下一把。',
        en: "The centre's keeping of keys: station cards, rotation, revocation, replacement, its own current and next recipient.",
      },
      load: () => import('./keys.ts'),
    },
    age: {
      usage: ['age -d -i KEYFILE [-o OUT] [FILE]', 'age -r RECIPIENT [-r ...] [-o OUT] [FILE]'],
      summary: {
        zh: '解密或加密单个 age 文件，供没有 age 命令的电脑使用。',
        en: 'Decrypt or encrypt one age file, where there is no age command.',
      },
      load: () => import('./age.ts'),
    },
  } satisfies Record<string, Command>),
);
