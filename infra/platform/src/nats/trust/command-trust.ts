import { hash, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { RequestContext } from '@souk/kit/context';
import type { CommandDefinition, CommandSeal } from '@souk/kit/contracts';
import type { Clock } from '@souk/kit/domain';
import { commandContext, commandContextOf } from './command-context.ts';
import type { MessageKeys, MessageSignature } from './message-keys.ts';

/** The part of a command's definition that its seal covers. */
export type SealedCommand = Pick<CommandDefinition, 'name' | 'version'>;

/** A command whose seal is valid. */
export interface OpenedCommand {
  readonly context: RequestContext;
  /** The subgraph that sent the command. */
  readonly sender: string;
  readonly seal: CommandSeal;
}

/** The data that the signature of a reply covers. */
export interface SignedReply {
  /** The seal of the request. */
  readonly seal: string;
  /** The error code. Null for a reply with a value. */
  readonly errorCode: string | null;
  /** The value as JSON. Empty when there is an error code. */
  readonly body: string;
}

/** Signs and verifies commands and replies between subgraphs. */
export interface CommandTrust {
  /** Signs this command with this body. The seal is accepted once. */
  seal(context: RequestContext, command: SealedCommand, body: string): string;
  /**
   * Verifies a seal.
   * @throws UntrustedCommandError when the seal does not belong to this command and body, has expired or was used before
   */
  open(seal: string, command: SealedCommand, body: string): OpenedCommand;
  signReply(reply: SignedReply): string;
  /** Whether the subgraph that handles the command signed this reply to this request. */
  isGenuine(command: SealedCommand, reply: SignedReply, signature: string): boolean;
}

/** Thrown when a command is refused because of its seal. The message names the reason. */
export class UntrustedCommandError extends Error {
  constructor(command: SealedCommand, reason: string) {
    super(`Command ${command.name} refused: ${reason}`);
    this.name = 'UntrustedCommandError';
  }
}

const sealClaims = z.object({
  sender: z.string(),
  /** The subgraph that handles the command. */
  audience: z.string(),
  /** The command as `<command>.v<version>`. */
  command: z.string(),
  /** The SHA-256 hash of the body. */
  body: z.string(),
  /** A random id, unique to this seal. */
  id: z.uuid(),
  /** The time of expiry, in milliseconds since 1970. */
  expiresMs: z.number(),
  context: commandContext,
});
type SealClaims = z.infer<typeof sealClaims>;

/** The lifetime of a seal, in ms. It is longer than the 10 s that callers wait by default. */
const SEAL_LIFETIME_MS = 60_000;
/** The number of used seals that a process keeps in memory. A seal that is dropped too early could be used again within its lifetime. */
const REMEMBERED_SEALS = 200_000;
const SEAL_PURPOSE = 'souk command 1\n';
const REPLY_PURPOSE = 'souk reply 1\n';
const WRITTEN_SEAL = /^([\w-]{1,64}) ([\w-]{86}) ([\w-]+)$/;
const WRITTEN_SIGNATURE = /^([\w-]{1,64}) ([\w-]{86})$/;

/**
 * Seals commands with the Ed25519 key of the subgraph that sends them. This process accepts a seal once. `ClaimSeal` of the handling
 * subgraph keeps the other processes of that subgraph from accepting the same seal.
 */
export function sealedCommands(keys: MessageKeys, clock: Clock): CommandTrust {
  const used = new LRUCache<string, true>({ max: REMEMBERED_SEALS });
  return {
    seal(context, command, body) {
      const claims: SealClaims = {
        sender: keys.name,
        audience: answererOf(command),
        command: nameOf(command),
        body: digest(body),
        id: randomUUID(),
        expiresMs: clock.now().getTime() + SEAL_LIFETIME_MS,
        context: commandContextOf(context),
      };
      const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
      return `${written(keys.sign(Buffer.from(SEAL_PURPOSE + text)))} ${text}`;
    },
    open(seal, command, body) {
      const claims = verifiedClaims(keys, seal);
      const reason = claims
        ? problemOf(claims, { command, body, keys, clock })
        : 'its seal is not from a sender known to this process, check MESSAGE_PUBLIC_KEYS_DIR';
      if (!claims || reason !== null) throw new UntrustedCommandError(command, reason ?? '');
      if (used.has(claims.id)) throw new UntrustedCommandError(command, 'its seal was used before');
      used.set(claims.id, true);
      const { context, sender, id, expiresMs } = claims;
      return { context, sender, seal: { id, expiresAt: new Date(expiresMs) } };
    },
    signReply: (reply) => written(keys.sign(replyBytes(reply))),
    isGenuine(command, reply, signature) {
      const [, keyId, bytes] = WRITTEN_SIGNATURE.exec(signature) ?? [];
      if (keyId === undefined || bytes === undefined) return false;
      return keys.verify(answererOf(command), replyBytes(reply), { keyId, bytes: Buffer.from(bytes, 'base64url') });
    },
  };
}

/** The subgraph that handles a command: the first part of the command's name. */
function answererOf({ name }: SealedCommand): string {
  return name.split('.')[0] ?? name;
}

const nameOf = ({ name, version }: SealedCommand) => `${name}.v${version}`;
const digest = (text: string) => hash('sha256', text, 'base64url');
const written = ({ keyId, bytes }: MessageSignature) => `${keyId} ${bytes.toString('base64url')}`;

function replyBytes({ seal, errorCode, body }: SignedReply): Buffer {
  return Buffer.from(`${REPLY_PURPOSE}${digest(seal)}\n${errorCode ?? ''}\n${body}`);
}

function verifiedClaims(keys: MessageKeys, seal: string): SealClaims | null {
  const [, keyId, signature, text] = WRITTEN_SEAL.exec(seal) ?? [];
  if (keyId === undefined || signature === undefined || text === undefined) return null;
  const claims = sealClaims.safeParse(parsed(Buffer.from(text, 'base64url').toString()));
  if (!claims.success) return null;
  const bytes = Buffer.from(signature, 'base64url');
  return keys.verify(claims.data.sender, Buffer.from(SEAL_PURPOSE + text), { keyId, bytes }) ? claims.data : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function problemOf(
  claims: SealClaims,
  { command, body, keys, clock }: { command: SealedCommand; body: string; keys: MessageKeys; clock: Clock },
): string | null {
  const leftMs = claims.expiresMs - clock.now().getTime();
  if (claims.audience !== keys.name) return `its seal is for "${claims.audience}"`;
  if (claims.command !== nameOf(command)) return `its seal is for command ${claims.command}`;
  if (claims.body !== digest(body)) return 'its body differs from the sealed one';
  if (leftMs <= 0) return 'its seal has expired, compare the clocks';
  if (leftMs > 2 * SEAL_LIFETIME_MS) return 'its seal is valid for too long, compare the clocks';
  return null;
}
