/*
 * What does the kernel promise at the first instruction? Prints one line per promise: stack aligned to 16, general
 * registers zero, direction flag clear, flags, x87 control word, MXCSR, argc.
 */
        .intel_syntax noprefix
        .globl  _start
        .text
_start:
        pushfq
        pop     r15                             # flags, before anything changes them
        mov     saved_rdx[rip], rdx
        mov     saved_rax[rip], rax
        mov     saved_rbx[rip], rbx
        mov     saved_rcx[rip], rcx
        mov     saved_rbp[rip], rbp
        mov     saved_r8[rip], r8
        mov     saved_r14[rip], r14
        mov     r14, rsp
        stmxcsr saved_mxcsr[rip]
        fnstcw  saved_fcw[rip]

        lea     rsi, text_stack[rip]
        mov     rdi, r14
        and     rdi, 15
        call    line
        lea     rsi, text_argc[rip]
        mov     rdi, [r14]
        call    line
        lea     rsi, text_flags[rip]
        mov     rdi, r15
        call    line
        lea     rsi, text_general[rip]
        mov     rdi, saved_rdx[rip]
        or      rdi, saved_rax[rip]
        or      rdi, saved_rbx[rip]
        or      rdi, saved_rcx[rip]
        or      rdi, saved_rbp[rip]
        or      rdi, saved_r8[rip]
        or      rdi, saved_r14[rip]
        call    line
        lea     rsi, text_mxcsr[rip]
        mov     edi, saved_mxcsr[rip]
        call    line
        lea     rsi, text_fcw[rip]
        movzx   edi, word ptr saved_fcw[rip]
        call    line
        mov     eax, 60
        xor     edi, edi
        syscall

# Writes the 8 characters at rsi, the number in rdi as 8 hexadecimal digits, and a newline.
line:
        mov     rax, [rsi]
        mov     buffer[rip], rax
        lea     rbx, buffer[rip + 15]
        mov     ecx, 8
digit:
        mov     eax, edi
        and     eax, 15
        lea     rdx, digits[rip]
        mov     al, [rdx + rax]
        mov     [rbx], al
        dec     rbx
        shr     rdi, 4
        dec     ecx
        jnz     digit
        mov     byte ptr buffer[rip + 16], 10
        mov     eax, 1
        mov     edi, 1
        lea     rsi, buffer[rip]
        mov     edx, 17
        syscall
        ret

        .section .rodata
digits:         .ascii "0123456789abcdef"
text_stack:     .ascii "stack   "
text_argc:      .ascii "argc    "
text_flags:     .ascii "flags   "
text_general:   .ascii "general "
text_mxcsr:     .ascii "mxcsr   "
text_fcw:       .ascii "fcw     "
        .bss
        .balign 8
saved_rdx:      .quad 0
saved_rax:      .quad 0
saved_rbx:      .quad 0
saved_rcx:      .quad 0
saved_rbp:      .quad 0
saved_r8:       .quad 0
saved_r14:      .quad 0
saved_mxcsr:    .long 0
saved_fcw:      .long 0
buffer:         .zero 24
        .section .note.GNU-stack, "", @progbits
