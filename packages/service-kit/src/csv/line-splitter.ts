/** A physical line of a file, counted from 1, without its line break; null when it is too long to be kept. */
export interface FileLine {
  readonly number: number;
  readonly text: string | null;
}

/** A line beyond this many characters is refused unread, so that a file without line breaks cannot fill the memory. */
export const longestLine = 1024 * 1024;

/** Cuts text that arrives in pieces into lines. LF, CRLF and CR all end one, also side by side in one file. */
export class LineSplitter {
  private rest = '';
  private isOverlong = false;
  private number = 0;
  /** A CR at the end of a piece: only the next one tells whether an LF belongs to it. */
  private isHalf = false;

  push(text: string): FileLine[] {
    if (text === '') return [];
    const whole = this.isHalf ? `\r${text}` : text;
    this.isHalf = whole.endsWith('\r');
    const pieces = (this.isHalf ? whole.slice(0, -1) : whole).split(/\r\n|\n|\r/);
    const lines: FileLine[] = [];
    pieces.forEach((piece, at) => {
      this.keep(piece);
      if (at < pieces.length - 1) lines.push(this.finish());
    });
    return lines;
  }

  /** The last line, if it has no line break. */
  end(): FileLine[] {
    return this.rest === '' && !this.isOverlong && !this.isHalf ? [] : [this.finish()];
  }

  private keep(piece: string): void {
    if (this.isOverlong) return;
    if (this.rest.length + piece.length > longestLine) {
      this.isOverlong = true;
      this.rest = '';
    } else this.rest += piece;
  }

  private finish(): FileLine {
    this.number += 1;
    const text = this.isOverlong ? null : this.rest;
    this.rest = '';
    this.isOverlong = false;
    return { number: this.number, text };
  }
}
