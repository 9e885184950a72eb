/**
 * Time zones, as they are below /usr/share/zoneinfo: the rule of today as POSIX writes it, the year that it holds from, and what the zone is called. What was before is
 * not kept: it reads as standard time.
 */
const ZONES: readonly (readonly [rule: string, since: number, names: string])[] = [
  ['EET-2EEST,M4.5.5/0,M10.5.4/24', 2023, 'Africa/Cairo'],
  ['SAST-2', 1970, 'Africa/Johannesburg'],
  ['WAT-1', 1970, 'Africa/Lagos'],
  ['EAT-3', 1970, 'Africa/Nairobi'],
  ['AKST9AKDT,M3.2.0,M11.1.0', 2007, 'America/Anchorage'],
  ['<-03>3', 2010, 'America/Argentina/Buenos_Aires'],
  ['<-05>5', 1994, 'America/Bogota'],
  ['<-04>4', 2017, 'America/Caracas'],
  ['CST6CDT,M3.2.0,M11.1.0', 2007, 'America/Chicago CST6CDT US/Central'],
  ['MST7MDT,M3.2.0,M11.1.0', 2007, 'America/Denver MST7MDT US/Mountain'],
  ['AST4ADT,M3.2.0,M11.1.0', 2007, 'America/Halifax'],
  ['<-05>5', 1995, 'America/Lima'],
  ['PST8PDT,M3.2.0,M11.1.0', 2007, 'America/Los_Angeles America/Vancouver PST8PDT US/Pacific'],
  ['CST6', 2023, 'America/Mexico_City'],
  ['EST5EDT,M3.2.0,M11.1.0', 2007, 'America/New_York America/Toronto EST5EDT US/Eastern'],
  ['MST7', 1970, 'America/Phoenix MST'],
  ['<-04>4<-03>,M9.1.6/24,M4.1.6/24', 2023, 'America/Santiago'],
  ['<-03>3', 2020, 'America/Sao_Paulo'],
  ['<+05>-5', 2025, 'Asia/Almaty'],
  ['<+07>-7', 1970, 'Asia/Bangkok'],
  ['<+06>-6', 2010, 'Asia/Dhaka'],
  ['<+04>-4', 1970, 'Asia/Dubai'],
  ['<+07>-7', 1976, 'Asia/Ho_Chi_Minh'],
  ['HKT-8', 1980, 'Asia/Hong_Kong'],
  ['WIB-7', 1970, 'Asia/Jakarta'],
  ['IST-2IDT,M3.4.4/26,M10.5.0', 2013, 'Asia/Jerusalem'],
  ['PKT-5', 2010, 'Asia/Karachi'],
  ['<+0545>-5:45', 1986, 'Asia/Kathmandu'],
  ['IST-5:30', 1970, 'Asia/Kolkata'],
  ['PST-8', 1991, 'Asia/Manila'],
  ['<+03>-3', 1970, 'Asia/Riyadh'],
  ['KST-9', 1989, 'Asia/Seoul'],
  ['CST-8', 1992, 'Asia/Shanghai'],
  ['<+08>-8', 1982, 'Asia/Singapore'],
  ['CST-8', 1980, 'Asia/Taipei'],
  ['<+0330>-3:30', 2023, 'Asia/Tehran'],
  ['JST-9', 1970, 'Asia/Tokyo'],
  ['GMT0', 1970, 'Atlantic/Reykjavik Etc/GMT GMT'],
  ['ACST-9:30ACDT,M10.1.0,M4.1.0/3', 2008, 'Australia/Adelaide'],
  ['AEST-10', 1993, 'Australia/Brisbane'],
  ['AEST-10AEDT,M10.1.0,M4.1.0/3', 2008, 'Australia/Melbourne Australia/Sydney'],
  ['AWST-8', 2010, 'Australia/Perth'],
  ['CET-1CEST,M3.5.0,M10.5.0/3', 1996, 'CET Europe/Amsterdam Europe/Berlin Europe/Brussels Europe/Budapest Europe/Copenhagen Europe/Madrid Europe/Oslo Europe/Paris Europe/Prague Europe/Rome Europe/Stockholm Europe/Vienna Europe/Warsaw Europe/Zurich'],
  ['EET-2EEST,M3.5.0/3,M10.5.0/4', 1996, 'EET Europe/Athens Europe/Helsinki'],
  ['EST5', 1970, 'EST'],
  ['UTC0', 1970, 'Etc/UTC UTC'],
  ['EET-2EEST,M3.5.0/3,M10.5.0/4', 1997, 'Europe/Bucharest Europe/Kyiv'],
  ['IST-1GMT0,M10.5.0,M3.5.0/1', 1996, 'Europe/Dublin'],
  ['<+03>-3', 2017, 'Europe/Istanbul'],
  ['WET0WEST,M3.5.0/1,M10.5.0', 1997, 'Europe/Lisbon'],
  ['GMT0BST,M3.5.0/1,M10.5.0', 1996, 'Europe/London'],
  ['MSK-3', 2015, 'Europe/Moscow'],
  ['MET-1MEST,M3.5.0,M10.5.0/3', 1996, 'MET'],
  ['NZST-12NZDT,M9.5.0,M4.1.0/3', 2008, 'Pacific/Auckland'],
  ['HST10', 1970, 'Pacific/Honolulu'],
  ['WET0WEST,M3.5.0/1,M10.5.0', 1996, 'WET'],
];

const EPOCH_YEAR = 1970;

/** A file of tzfile(5), version 2: standard time, from when on the rule counts, and the rule. */
function tzif(rule: string, since: number): Uint8Array {
  const [, quoted, plain = '', sign, hours = '0', minutes = '0'] = /^(?:<([^>]+)>|([A-Z]+))([+-]?)(\d+)(?::(\d+))?/i.exec(rule) ?? [];
  const name = quoted ?? plain;
  const east = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? 1 : -1);
  const from = since > EPOCH_YEAR ? Date.UTC(since, 0, 1) / 1000 : null;
  const bytes = new Uint8Array(2 * (HEADER + 7 + name.length) + 9 + rule.length + 2);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const text = (of: string): void => { for (let n = 0; n < of.length; n++) bytes[at++] = of.charCodeAt(n); };
  const block = (time: number | null): void => {
    text('TZif2');
    // after room for more and three counts that are 0: how many transitions, types and characters
    const counts = [time === null ? 0 : 1, 1, name.length + 1];
    for (const [n, count] of counts.entries()) view.setUint32(at + 27 + 4 * n, count);
    at += HEADER - 5;
    if (time !== null) {
      view.setBigInt64(at, BigInt(time));
      at += 9;
    }
    view.setInt32(at, east);
    at += 6;
    text(`${name}\0`);
  };
  block(null);
  block(from);
  text(`\n${rule}\n`);
  return bytes.subarray(0, at);
}
const HEADER = 44;

/** The files: names of one zone are one file. */
export function zone_files(): { readonly names: readonly string[]; readonly data: Uint8Array }[] {
  return ZONES.map(([rule, since, names]) => ({ names: names.split(' '), data: tzif(rule, since) }));
}
