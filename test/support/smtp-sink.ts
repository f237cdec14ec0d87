import { type AddressInfo, createServer, type Socket } from 'node:net';

/**
 * What a relay answers to a command (its first word, `.` for the end of the message), where it is not content. `chatter`
 * goes on with a first answer that never ends.
 */
export type SmtpMood =
  | Readonly<Record<string, string | ((line: string, socket: Socket) => string)>>
  | 'hang'
  | 'chatter';

/** A mail as it came over the wire. */
export interface SunkMail {
  from: string;
  to: string[];
  data: string;
}

/** A minimal SMTP relay on loopback that keeps what it is given. */
export class SmtpSink {
  readonly mails: SunkMail[] = [];
  mood: SmtpMood = {};
  readonly #server = createServer((socket) => this.#talk(socket));
  readonly #sockets = new Set<Socket>();

  static start(): Promise<SmtpSink> {
    const sink = new SmtpSink();
    return new Promise((resolve) => sink.#server.listen(0, '127.0.0.1', () => resolve(sink)));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #talk(socket: Socket): void {
    this.#sockets.add(socket.setEncoding('utf8').on('error', () => {}));
    let mail: SunkMail = { from: '', to: [], data: '' };
    let inData = false;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    if (this.mood !== 'hang') say('220 sink');
    socket.on('data', (chunk) => {
      const lines = (rest + String(chunk)).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (inData && line !== '.') {
          mail.data += `${line}\r\n`;
          continue;
        }
        const word = line.split(' ')[0]!.toUpperCase();
        const told = typeof this.mood === 'string' ? undefined : (this.mood[line] ?? this.mood[word]);
        inData = false;
        if (this.mood === 'chatter') {
          const talk = setInterval(() => say('250-wait a moment'), 50);
          socket.once('close', () => clearInterval(talk));
        } else if (told) say(typeof told === 'string' ? told : told(line, socket));
        else if (word === 'EHLO') say('250-sink\r\n250 AUTH PLAIN');
        else if (word === 'AUTH') say('235 welcome');
        else if (word === 'DATA') [inData] = [true, say('354 go on')];
        else if (word === '.') {
          this.mails.push(mail);
          mail = { from: '', to: [], data: '' };
          say('250 2.0.0 Ok: queued as 4F2A');
        } else {
          if (word === 'MAIL') mail.from = /<(.*)>/.exec(line)?.[1] ?? '';
          if (word === 'RCPT') mail.to.push(/<(.*)>/.exec(line)?.[1] ?? '');
          say('250 ok');
        }
      }
    });
  }
}
