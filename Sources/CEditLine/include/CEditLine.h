#ifndef CEDITLINE_H
#define CEDITLINE_H

#if defined(__has_include)
#if !__has_include(<histedit.h>)
#error "libedit's <histedit.h> is missing: install libedit-dev (Debian, Ubuntu), libedit-devel (Fedora) or the Xcode command line tools (macOS)"
#endif
#endif

#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

// Swift imports neither variadic functions nor, in language mode 6, the global
// variables stdin and stdout: each wrapper below stands for one such use.

typedef unsigned char (*ced_function)(EditLine *, int);
typedef int (*ced_reader)(EditLine *, wchar_t *);
typedef wchar_t *(*ced_prompt)(EditLine *);

static inline FILE *ced_stdin(void) { return stdin; }
static inline FILE *ced_stdout(void) { return stdout; }
static inline FILE *ced_stderr(void) { return stderr; }

static inline int ced_set_client_data(EditLine *el, void *data) { return el_wset(el, EL_CLIENTDATA, data); }
static inline void *ced_client_data(EditLine *el) {
    void *data = NULL;
    el_wget(el, EL_CLIENTDATA, &data);
    return data;
}
static inline int ced_set_prompt(EditLine *el, ced_prompt f, wchar_t escape) {
    return el_wset(el, EL_PROMPT_ESC, f, (int)escape);
}
static inline int ced_set_right_prompt(EditLine *el, ced_prompt f, wchar_t escape) {
    return el_wset(el, EL_RPROMPT_ESC, f, (int)escape);
}
static inline int ced_set_reader(EditLine *el, ced_reader f) { return el_wset(el, EL_GETCFN, f); }
static inline int ced_set_editor(EditLine *el, const wchar_t *name) { return el_wset(el, EL_EDITOR, name); }
static inline int ced_uses_vi(EditLine *el) {
    const wchar_t *name = NULL;
    return el_wget(el, EL_EDITOR, &name) == 0 && name != NULL && wcscmp(name, L"vi") == 0;
}
static inline int ced_set_signals(EditLine *el, int on) { return el_wset(el, EL_SIGNAL, on); }
static inline int ced_set_editing(EditLine *el, int on) { return el_wset(el, EL_EDITMODE, on); }
static inline int ced_refresh(EditLine *el) { return el_wset(el, EL_REFRESH); }
static inline int ced_set_raw(EditLine *el, int on) { return el_wset(el, EL_PREP_TERM, on); }
static inline int ced_add_function(EditLine *el, const wchar_t *name, const wchar_t *help, ced_function f) {
    return el_wset(el, EL_ADDFN, name, help, f);
}
static inline int ced_bind(EditLine *el, const wchar_t *key, const wchar_t *function) {
    return el_wset(el, EL_BIND, key, function, (const wchar_t *)NULL);
}
static inline int ced_bind_alternative(EditLine *el, const wchar_t *key, const wchar_t *function) {
    return el_wset(el, EL_BIND, L"-a", key, function, (const wchar_t *)NULL);
}
static inline int ced_set_capability(EditLine *el, const wchar_t *name, const wchar_t *value) {
    return el_wset(el, EL_SETTC, name, value, (const wchar_t *)NULL);
}
static inline int ced_set_terminal_mode(EditLine *el, const wchar_t *which, const wchar_t *mode) {
    return el_wset(el, EL_SETTY, which, mode, (const wchar_t *)NULL);
}

static inline int ced_use_history(EditLine *el, HistoryW *history) { return el_wset(el, EL_HIST, history_w, history); }
static inline int ced_history_set_size(HistoryW *history, int entries) {
    HistEventW event;
    return history_w(history, &event, H_SETSIZE, entries);
}
static inline int ced_history_set_unique(HistoryW *history, int on) {
    HistEventW event;
    return history_w(history, &event, H_SETUNIQUE, on);
}
static inline int ced_history_enter(HistoryW *history, const wchar_t *entry) {
    HistEventW event;
    return history_w(history, &event, H_ENTER, entry);
}
static inline int ced_history_load(HistoryW *history, const char *path) {
    HistEventW event;
    return history_w(history, &event, H_LOAD, path);
}
static inline int ced_history_save(HistoryW *history, const char *path) {
    HistEventW event;
    return history_w(history, &event, H_SAVE, path);
}
// The entry `back` steps before the newest, or NULL.
static inline const wchar_t *ced_history_entry(HistoryW *history, int back) {
    HistEventW event;
    int status = history_w(history, &event, H_FIRST);
    while (status != -1 && back-- > 0) {
        status = history_w(history, &event, H_NEXT);
    }
    return status == -1 ? NULL : event.str;
}

static inline const char *ced_set_ctype(const char *name) { return setlocale(LC_CTYPE, name); }
static inline int ced_ctype_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }
static inline int ced_is_control(wchar_t c) { return iswcntrl((wint_t)c) != 0; }
static inline int ced_is_printable(wchar_t c) { return iswprint((wint_t)c) != 0; }

static inline int ced_terminal_size(int fd, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == -1 || size.ws_col == 0 || size.ws_row == 0) {
        return -1;
    }
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

// These hold process-wide state or need _XOPEN_SOURCE, so they live in CEditLine.c.

/// wcwidth(3): columns, -1 for what cannot be printed.
int ced_width(wchar_t c);

/// Handles `signal` by writing its number as one byte to `fd`; -1 for fd restores the default action.
int ced_forward_signal(int signal, int fd);
/// Remembers the modes of the terminal `fd`; they come back at exit() too.
int ced_save_terminal(int fd);
void ced_restore_terminal(void);

#endif
