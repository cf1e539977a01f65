import {
  BUNDLE_NAMESPACE,
  type BundleInfo,
  externalIdentifier,
  SIGNATURE_FILE,
  TAG_MANIFEST_FILE,
} from './bundle-format.ts';
import { JOIN_COMMAND } from './export/medium-texts.ts';

/** The commands that check a bundle without this software, in the order in which they make sense. */
export const stockCommands = (stationName: string): readonly string[] => [
  'sha256sum -c --quiet --strict tagmanifest-sha256.txt',
  'sha256sum -c --quiet --strict manifest-sha256.txt',
  `ssh-keygen -Y verify -f allowed_signers -I ${stationName} -n ${BUNDLE_NAMESPACE} -s ${SIGNATURE_FILE} < ${TAG_MANIFEST_FILE}`,
];

/** How to open one file with the stock age command; what it writes stays outside, where it is no foreign file. */
export const openCommand = 'age -d -i ../centre.key -o ../index.json data/index.json.age';

/** README-开包说明.txt: for someone who has only this directory and an ordinary computer. */
export function readmeText(info: BundleInfo, stationName: string): string {
  const [tags, payload, signature] = stockCommands(stationName);
  return `考点封存包 ${externalIdentifier(info)}
${info.rehearsal ? '\n*** 这是演练数据，不是真实考试。 ***\n' : ''}
本目录是一个 BagIt 封存包。不需要考点的软件，用系统自带的工具就能核验和打开。
在 Linux 的终端、Windows 的 WSL 或 Git Bash 中，进入本目录，依次执行（age 需另外安装）：

1. 核对说明类文件：        ${tags}
2. 核对 data 下每个文件：  ${payload}
   没有任何输出就是全部相符；不相符的文件会逐个列出名字。
   sha256sum 不报告多出来的文件；多出的文件不在清单里，不受签名保护。
3. 核对考点签名：
   ${signature}
   显示 Good 就是签名相符。
   注意：包里的 allowed_signers 是考点自己放的。要确认确实是这个考点，
   请把 allowed_signers 换成鉴定中心登记的那一份。
4. 打开（中心的私钥文件 centre.key 放在本目录的上一级）：
   ${openCommand}
   index.json 列出每个文件是什么、解密后的 SHA-256。其余 .age 文件用同样的办法解密。

如果有文件名以 .from- 和数字结尾：那是大文件分成的几块（盘上放不下整个的）。先在本目录执行：
   ${JOIN_COMMAND}
如果一包分写在几张盘上：先把各盘上同名的目录复制到同一处，再做上面这一步。

相符只说明封存之后没有发现改动，不能说明包外发生过什么。

----------------------------------------------------------------------

Sealed bundle ${externalIdentifier(info)}
${info.rehearsal ? '\n*** Rehearsal data, not a real exam. ***\n' : ''}
This directory is a BagIt bag. It is checked and opened with ordinary tools; the station's
software is not needed. In a terminal (Linux, WSL, Git Bash), in this directory; age is installed separately:

1. the describing files:      ${tags}
2. every file under data:     ${payload}
   No output means that all agree; each file that does not is named.
   sha256sum does not report files that were added; these are not listed and not signed.
3. the station's signature:
   ${signature}
   "Good" means that it agrees. The allowed_signers file in here was put by the station itself:
   to know that it really was that station, use the copy the appraisal centre keeps.
4. open (with the centre's private key, centre.key, beside this directory):
   ${openCommand}
   index.json says what each file is and gives its SHA-256 after decryption.
   The other .age files open in the same way.

Names that end in .from- and digits are parts of large files, where a disk did not take them whole. First, in this directory:
   ${JOIN_COMMAND}
Where the bundle lies on several disks, first copy the directories of the same name into one.

Agreement means that no change was found since sealing. It says nothing about what happened outside the bundle.
`;
}
