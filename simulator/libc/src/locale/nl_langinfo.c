#define _GNU_SOURCE
#include <langinfo.h>
#include <libc/locale.h>

char *nl_langinfo(nl_item item) {
  switch (item) {
    case CODESET: return __utf8 ? "UTF-8" : "ANSI_X3.4-1968";
    case RADIXCHAR: return ".";
    case D_T_FMT: return "%a %b %e %H:%M:%S %Y";
    case D_FMT: return "%m/%d/%y";
    case T_FMT: return "%H:%M:%S";
    default: return "";
  }
}
